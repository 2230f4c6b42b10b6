package io.github.pkceauth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client says of itself instead of sending a secret (RFC 7523 section 3): once, for a minute, and to one provider
 * alone. That is named by its issuer identifier, and by nothing else beside it, so that no other provider can pass the
 * assertion on (draft-ietf-oauth-rfc7523bis, FAPI 2.0 Security Profile 5.3.3.1).
 */
final class ClientAssertion {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final String clientId;
    private final Provider provider;
    private final Instant now;

    ClientAssertion(String clientId, Provider provider, Instant now) {
        this.clientId = clientId;
        this.provider = provider;
        this.now = now;
    }

    /** An assertion that can be sent. */
    record Signed(String clientId, String jwt) {

        void addTo(Parameters body) {
            // RFC 7521 section 4.2: the id need not be there, and helps providers that look a client up by it.
            body.put("client_id", clientId).put("client_assertion_type", TYPE).put("client_assertion", jwt);
        }

        @Override
        public String toString() {
            return "Signed[hidden]";
        }
    }

    Signed signedWith(ClientKey key) {
        return new Signed(
                clientId, key.sign(null, claims(), provider.algorithms().assertions()));
    }

    Signed keyedBy(Secret secret) {
        JWSObject jws = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims()));
        try {
            jws.sign(new MACSigner(secret.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            throw new IllegalStateException(
                    "the client secret is too short for HS256"); // which the configuration sees to
        }
        return new Signed(clientId, jws.serialize());
    }

    private Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", clientId);
        claims.put("sub", clientId);
        claims.put("aud", provider.issuer());
        claims.put("jti", RandomToken.next());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        return claims;
    }
}
