package io.github.pkceauth.oidc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** How the client proves who it is at the token endpoint (RFC 6749 section 2.3): one way, never two. */
public sealed interface ClientAuthentication {

    /** The method's registered name, for example {@code client_secret_basic}. */
    String method();

    /**
     * Puts the proof into a request.
     *
     * @param clientId the client identifier
     * @param body the form that will be sent
     * @return the headers to send along
     */
    Map<String, String> apply(String clientId, Parameters body);

    /** A public client: it names itself and proves nothing; PKCE protects the code. */
    record None() implements ClientAuthentication {
        @Override
        public String method() {
            return "none";
        }

        @Override
        public Map<String, String> apply(String clientId, Parameters body) {
            body.add("client_id", clientId);
            return Map.of();
        }
    }

    /** Id and secret, each form-encoded first, in an Authorization header (RFC 6749 2.3.1). */
    record Basic(Secret secret) implements ClientAuthentication {
        @Override
        public String method() {
            return "client_secret_basic";
        }

        @Override
        public Map<String, String> apply(String clientId, Parameters body) {
            String pair = Parameters.formEncode(clientId) + ":" + Parameters.formEncode(secret.reveal());
            String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
            return Map.of("Authorization", "Basic " + encoded);
        }
    }

    /** Id and secret in the body of the request (RFC 6749 2.3.1). */
    record Post(Secret secret) implements ClientAuthentication {
        @Override
        public String method() {
            return "client_secret_post";
        }

        @Override
        public Map<String, String> apply(String clientId, Parameters body) {
            body.add("client_id", clientId).add("client_secret", secret.reveal());
            return Map.of();
        }
    }
}
