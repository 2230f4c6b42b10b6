package io.github.pkceauth.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** How the client proves who it is to the provider (RFC 6749 section 2.3): one way, never two. */
public sealed interface ClientAuthentication {

    /** The method's registered name, for example {@code client_secret_basic}. */
    String method();

    /**
     * Puts the proof into a request.
     *
     * @param clientId the client identifier
     * @param provider whom it is for
     * @param now the time
     * @param body the form that will be sent, with or without the client's id
     * @return the headers to send along
     */
    Map<String, String> apply(String clientId, Provider provider, Instant now, Parameters body);

    /** A public client: it names itself and proves nothing; PKCE protects the code. */
    record None() implements ClientAuthentication {
        @Override
        public String method() {
            return "none";
        }

        @Override
        public Map<String, String> apply(String clientId, Provider provider, Instant now, Parameters body) {
            body.put("client_id", clientId);
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
        public Map<String, String> apply(String clientId, Provider provider, Instant now, Parameters body) {
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
        public Map<String, String> apply(String clientId, Provider provider, Instant now, Parameters body) {
            body.put("client_id", clientId).put("client_secret", secret.reveal());
            return Map.of();
        }
    }

    /** An assertion that is keyed by the secret, which itself is not sent (RFC 7523, OpenID Connect Core 9). */
    record SecretJwt(Secret secret) implements ClientAuthentication {
        @Override
        public String method() {
            return "client_secret_jwt";
        }

        @Override
        public Map<String, String> apply(String clientId, Provider provider, Instant now, Parameters body) {
            new ClientAssertion(clientId, provider, now).keyedBy(secret).addTo(body);
            return Map.of();
        }
    }

    /** An assertion that is signed with the client's private key (RFC 7523, OpenID Connect Core 9). */
    record PrivateKeyJwt(ClientKey key) implements ClientAuthentication {
        @Override
        public String method() {
            return "private_key_jwt";
        }

        @Override
        public Map<String, String> apply(String clientId, Provider provider, Instant now, Parameters body) {
            new ClientAssertion(clientId, provider, now).signedWith(key).addTo(body);
            return Map.of();
        }
    }

    /**
     * The certificate that the TLS connection is made with (RFC 8705 section 2); the body only names the client.
     *
     * @param method {@code tls_client_auth}, for a certificate of an authority's, or {@code self_signed_tls_client_auth}
     */
    record MutualTls(String method) implements ClientAuthentication {
        @Override
        public Map<String, String> apply(String clientId, Provider provider, Instant now, Parameters body) {
            body.put("client_id", clientId);
            return Map.of();
        }
    }
}
