package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientAuthenticationTest {

    private final Parameters body = new Parameters().add("grant_type", "authorization_code");

    /** R34, RFC 6749 section 2.3.1. */
    @Test
    void basicFormEncodesIdAndSecretFirst() {
        Map<String, String> headers = new ClientAuthentication.Basic(new Secret("a:b%+ü"))
                .apply("client id:ö", Samples.provider(), TestClock.START, body);

        assertEquals(Map.of("Authorization", "Basic " + base64("client+id%3A%C3%B6:a%3Ab%25%2B%C3%BC")), headers);
    }

    /** R33, RFC 6749 section 2.3: one method, never two. */
    @Test
    void basicPutsNothingIntoTheBody() {
        new ClientAuthentication.Basic(new Secret("secret"))
                .apply("the-client", Samples.provider(), TestClock.START, body);

        assertEquals("grant_type=authorization_code", body.asForm());
    }

    @Test
    void postPutsIdAndSecretIntoTheBodyAlone() {
        assertEquals(
                Map.of(),
                new ClientAuthentication.Post(new Secret("a:b%+ü"))
                        .apply("the-client", Samples.provider(), TestClock.START, body));
        assertEquals(
                "grant_type=authorization_code&client_id=the-client&client_secret=a%3Ab%25%2B%C3%BC", body.asForm());
    }

    @Test
    void aPublicClientNamesItself() {
        assertEquals(
                Map.of(),
                new ClientAuthentication.None().apply("the client", Samples.provider(), TestClock.START, body));
        assertEquals("grant_type=authorization_code&client_id=the+client", body.asForm());
    }

    @Test
    void methodsHaveTheirRegisteredNames() {
        assertEquals("none", new ClientAuthentication.None().method());
        assertEquals("client_secret_basic", new ClientAuthentication.Basic(new Secret("x")).method());
        assertEquals("client_secret_post", new ClientAuthentication.Post(new Secret("x")).method());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
