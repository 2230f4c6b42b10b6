package io.github.pkceauth.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** An endpoint that sends the browser back with parameters that can be bent one by one. */
public final class RedirectEndpoint extends EndpointScript<RedirectEndpoint> {
    private final List<UnaryOperator<Parameters>> bends = new CopyOnWriteArrayList<>();

    RedirectEndpoint() {}

    /** Adds or replaces a parameter. */
    public RedirectEndpoint withParameter(String name, String value) {
        return bend(parameters -> parameters.with(name, value));
    }

    /** Adds a parameter, also where one of that name is there already. */
    public RedirectEndpoint alsoParameter(String name, String value) {
        return bend(parameters -> parameters.plus(name, value));
    }

    /** Sends a parameter twice with the same value. */
    public RedirectEndpoint repeated(String name) {
        return bend(parameters -> parameters.plus(name, parameters.get(name)));
    }

    /** Leaves parameters out. */
    public RedirectEndpoint without(String... names) {
        return bend(parameters -> {
            Parameters left = parameters;
            for (String name : names) {
                left = left.without(name);
            }
            return left;
        });
    }

    /** Sends an error in place of the code. */
    public RedirectEndpoint answersError(String error, String description) {
        return without("code").withParameter("error", error).withParameter("error_description", description);
    }

    /** Sends these encoded parameters and nothing else. */
    public RedirectEndpoint answersParameters(String encoded) {
        return bend(parameters -> Parameters.parse(encoded));
    }

    @Override
    public RedirectEndpoint behaves() {
        bends.clear();
        return super.behaves();
    }

    Parameters bent(Parameters honest) {
        Parameters parameters = honest;
        for (UnaryOperator<Parameters> bend : bends) {
            parameters = bend.apply(parameters);
        }
        return parameters;
    }

    @Override
    RedirectEndpoint self() {
        return this;
    }

    private RedirectEndpoint bend(UnaryOperator<Parameters> change) {
        bends.add(change);
        return this;
    }
}
