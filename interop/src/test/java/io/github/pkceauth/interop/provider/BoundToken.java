package io.github.pkceauth.interop.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import io.github.pkceauth.testkit.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;

/**
 * An access token that is for the holder of a key, as an API gets to see it. Both providers' are JWTs.
 *
 * @param scheme the scheme that it was shown by
 * @param token the token
 */
record BoundToken(String scheme, String token) {

    /** The one that the API was shown last. */
    static BoundToken shown(Recorder api) {
        String[] parts = api.last("Authorization").split(" ", 2);
        return new BoundToken(parts[0], parts[1]);
    }

    /** The thumbprint of the key that a proof is signed with (RFC 7638). */
    static String keyOf(String proof) {
        try {
            return JWSObject.parse(proof)
                    .getHeader()
                    .getJWK()
                    .computeThumbprint()
                    .toString();
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(proof, e);
        }
    }

    /** RFC 9449, section 6. */
    void assertBoundToTheKeyOf(String proof) {
        assertEquals("DPoP", scheme);
        assertEquals(keyOf(proof), confirmation().get("jkt"));
    }

    /** To the certificate in a key store: RFC 8705, section 3. */
    void assertBoundTo(Path store) {
        assertEquals("Bearer", scheme);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(Certificates.in(store).getEncoded());
            assertEquals(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(hash),
                    confirmation().get("x5t#S256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> confirmation() {
        try {
            return Json.object(JWSObject.parse(token).getPayload().toJSONObject(), "cnf");
        } catch (ParseException e) {
            throw new AssertionError(token, e);
        }
    }

    /** Nobody is helped by the token alone. */
    void assertRefusedAt(String address) {
        HttpClient client =
                HttpClient.newBuilder().sslContext(Certificates.trusting()).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<String> answer = CodeFlow.sent(client, request);
        assertEquals(401, answer.statusCode(), answer::body);
        assertTrue(answer.headers().firstValue("WWW-Authenticate").orElse("").contains("invalid_token"));
    }
}
