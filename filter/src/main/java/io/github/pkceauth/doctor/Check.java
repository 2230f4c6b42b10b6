package io.github.pkceauth.doctor;

import java.util.List;

/** Judges some of what is known of a case; asks nobody anything. */
interface Check {

    /** All of them, in the order of the report. */
    List<Check> ALL = List.of(
            new AddressCheck(),
            new ConnectionCheck(),
            new ClockCheck(),
            new IssuerCheck(),
            new EndpointCheck(),
            new KeyCheck(),
            new AlgorithmCheck(),
            new RequestCheck(),
            new AssuranceCheck(),
            new ClientCheck(),
            new LogoutCheck());

    void look(Case examined, Findings findings);
}
