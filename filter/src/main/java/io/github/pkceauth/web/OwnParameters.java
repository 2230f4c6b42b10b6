package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request to one of the filter's own paths, query and form together. Nowhere
 * else are parameters read, so that the body of a request stays the application's.
 *
 * @param values all values by name
 */
record OwnParameters(Map<String, String[]> values) {

    static OwnParameters of(HttpServletRequest request) throws AuthFailure {
        try {
            return new OwnParameters(request.getParameterMap());
        } catch (RuntimeException e) {
            // Each container has its own exception for a bad escape or an oversized form.
            throw new AuthFailure(
                    Reason.CALLBACK_INVALID,
                    "the parameters of the request cannot be read ("
                            + e.getClass().getSimpleName() + ")");
        }
    }

    @Nullable
    String first(String name) {
        String[] all = values.get(name);
        return all == null || all.length == 0 ? null : all[0];
    }
}
