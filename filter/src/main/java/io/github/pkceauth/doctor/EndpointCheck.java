package io.github.pkceauth.doctor;

import io.github.pkceauth.oidc.EndpointFacts;
import io.github.pkceauth.oidc.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the addresses at the provider are there, and can be used. */
final class EndpointCheck implements Check {

    private static final Map<String, String> PARAMETERS = Map.of(
            "authorization_endpoint", "authorizationEndpoint",
            "token_endpoint", "tokenEndpoint",
            "jwks_uri", "jwksUri",
            "userinfo_endpoint", "userinfoEndpoint",
            "end_session_endpoint", "endSessionEndpoint",
            "revocation_endpoint", "revocationEndpoint");

    @Override
    public void look(Case examined, Findings findings) {
        List<String> good = new ArrayList<>();
        for (EndpointFacts endpoint : examined.endpoints()) {
            @Nullable String parameter = PARAMETERS.get(endpoint.member());
            endpoint.problem()
                    .ifPresent(problem -> findings.add(
                            Code.ENDPOINT_UNUSABLE,
                            problem,
                            parameter == null
                                    ? "have it mended at the provider"
                                    : "have it mended at the provider, or write the right address in " + parameter));
            endpoint.address().ifPresent(address -> good.add(endpoint.member() + " " + Printable.of(address)));
            if (endpoint.isExposed()) {
                findings.add(
                        Code.ENDPOINT_INSECURE,
                        endpoint.member() + " is plain http: "
                                + Printable.of(endpoint.address().orElseThrow()),
                        "have the provider speak https, and take allowInsecureHttp out");
            }
            if (isMissing(endpoint) && knowsAll(examined)) {
                findings.add(
                        Code.ENDPOINT_MISSING,
                        "neither the metadata nor the configuration have " + endpoint.member() + ", which logins need",
                        parameter == null
                                ? "have it switched on at the provider"
                                : "write its address in " + parameter);
            }
        }
        if (!good.isEmpty()) {
            findings.add(Code.ENDPOINTS, String.join(", ", good));
        }
    }

    private static boolean isMissing(EndpointFacts endpoint) {
        return endpoint.isNeeded()
                && endpoint.address().isEmpty()
                && endpoint.problem().isEmpty();
    }

    /** Metadata that could not be read may have it. */
    private static boolean knowsAll(Case examined) {
        return examined.hasMetadata() || examined.metadata().areGood();
    }
}
