package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Logs;
import org.junit.jupiter.api.Test;

class EndSessionRequestTest {

    /** R79, RP-Initiated Logout 1.0 section 2. */
    @Test
    void theRequestHasHintClientReturnAddressAndState() {
        assertEquals(
                "https://login.example.com/logout?tenant=7&id_token_hint=the.id.token&client_id=the-client"
                        + "&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2F&state=abc",
                uri("the.id.token"));
    }

    @Test
    void withoutAnIdTokenThereIsNoHint() {
        assertEquals(
                "https://login.example.com/logout?tenant=7&client_id=the-client"
                        + "&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2F&state=abc",
                uri(null));
    }

    /** Containers bound the headers of their answers, so a hint that is too long would be an error page. */
    @Test
    void anIdTokenTooLongForAnAddressStaysOutOfIt() {
        String longest = "x".repeat(4000);

        assertTrue(uri(longest).contains("id_token_hint=" + longest + "&"));
        try (Logs logs = Logs.open()) {
            assertEquals(uri(null), uri(longest + "x"));
            assertTrue(logs.text().contains("too long to go along as id_token_hint"), logs::text);
        }
    }

    private static String uri(String idToken) {
        return EndSessionRequest.uri(
                "https://login.example.com/logout?tenant=7",
                "the-client",
                new IssuedTokens("at", null, "openid", null, idToken, TestClock.START, null, null),
                "https://app.example/",
                "abc");
    }
}
