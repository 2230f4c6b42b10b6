package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryTest {
    private static final String SECRET = "code-Zm9vYmFyYmF6cXV4";

    private final Canary canary = new Canary();

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "at the end " + SECRET, SECRET + " at the start", "in<" + SECRET + ">between"})
    void aSecretIsFoundWhereverItStandsInAText(String text) {
        canary.learn(SecretKind.CODE, SECRET);
        canary.see("log", text);

        assertEquals(List.of(new Canary.Leak(SecretKind.CODE, "log", text)), canary.leaks());
    }

    @Test
    void aSecretIsFoundThatWasLearntAfterTheText() {
        canary.see("answer: body", SECRET);
        canary.learn(SecretKind.CODE, SECRET);

        assertEquals(1, canary.leaks().size());
    }

    @Test
    void eachTextIsSearchedOnce() {
        canary.learn(SecretKind.CODE, SECRET);
        canary.see("log", SECRET);
        canary.leaks();

        assertEquals(List.of(), canary.leaks());
    }

    @Test
    void whereTheProtocolPutsASecretItBelongs() {
        canary.learn(SecretKind.CODE, SECRET);
        canary.see("request to /token: body", "grant_type=authorization_code&code=" + SECRET);

        assertEquals(List.of(), canary.leaks());
    }

    @Test
    void anotherKindOfSecretDoesNotBelongThere() {
        canary.learn(SecretKind.ACCESS_TOKEN, SECRET);
        canary.see("request to /token: body", "grant_type=authorization_code&code=" + SECRET);

        assertEquals(1, canary.leaks().size());
    }

    @ParameterizedTest
    @CsvSource({
        "REFRESH_TOKEN, /token: body",
        "REFRESH_TOKEN, /revoke: body",
        "ACCESS_TOKEN, /revoke: body",
        "CLIENT_SECRET, /revoke: body",
        "CLIENT_ASSERTION, /revoke: body",
        "CLIENT_ASSERTION, /token: body",
        "CLIENT_SECRET, /revoke: Authorization",
        "ACCESS_TOKEN, /resource: Authorization"
    })
    void tokensBelongWhereTheyAreRefreshedRevokedAndUsed(SecretKind kind, String place) {
        canary.learn(kind, SECRET);
        canary.see("request to " + place, SECRET);

        assertEquals(List.of(), canary.leaks());
    }

    @ParameterizedTest
    @CsvSource({
        "REFRESH_TOKEN, /token: URL",
        "REFRESH_TOKEN, /revoke: URL",
        "REFRESH_TOKEN, /resource: Authorization",
        "ACCESS_TOKEN, /revoke: URL",
        "ACCESS_TOKEN, /resource: URL",
        "ID_TOKEN, /revoke: body",
        "CLIENT_ASSERTION, /token: URL"
    })
    void tokensBelongNowhereElseOnTheirWay(SecretKind kind, String place) {
        canary.learn(kind, SECRET);
        canary.see("request to " + place, SECRET);

        assertEquals(1, canary.leaks().size());
    }

    @Test
    void tokensOfARefreshAreSecretsToo() throws IOException {
        try (ScriptedProvider provider = ScriptedProvider.start()) {
            PlainClient client = new PlainClient(provider);
            String first = Json.string(client.logIn(), "refresh_token");
            Map<String, Object> fresh = Json.object(client.refresh(first).body());

            for (String name : List.of("refresh_token", "access_token", "id_token")) {
                assertTrue(provider.secrets().contains(Json.string(fresh, name)), name);
            }
            assertTrue(provider.secrets().contains(first));
        }
    }

    @Test
    void aPartOfASecretIsNone() {
        canary.learn(SecretKind.CODE, SECRET);
        canary.see("log", SECRET.substring(1));
        canary.see("log", SECRET.substring(0, SECRET.length() - 1));

        assertEquals(List.of(), canary.leaks());
    }

    @Test
    void everyStepOfALoginIsSeenAndEverySecretOfItKnown() {
        try (ScriptedProvider provider = ScriptedProvider.start().withClientSecret("the-secret-of-the-client");
                App app = App.jetty().against(provider).start();
                Browser browser = Browser.open()) {
            browser.navigateFully(app.url("/page"));
            browser.navigateFully(app.url("/logout"));

            EnumSet<SecretKind> others = EnumSet.of(SecretKind.LOGOUT_TOKEN, SecretKind.CLIENT_ASSERTION);
            for (SecretKind kind : EnumSet.complementOf(others)) {
                assertTrue(Canary.RUN.knows(kind), kind::toString);
            }
            for (String place : List.of(
                    "log",
                    "answer: Location",
                    "answer: Location of /authorize",
                    "answer: Location of /logout",
                    "answer: Set-Cookie",
                    "request to /authorize: URL",
                    "request to /token: body",
                    "request to /token: Authorization",
                    "request to /logout: URL")) {
                assertTrue(Canary.RUN.hasSeen(place), place);
            }
        }
    }

    @Test
    void theFiltersLogIsHeardAtEveryLevel() {
        Logger logger = Logger.getLogger("io.github.pkceauth.somewhere");
        assertTrue(logger.isLoggable(Level.FINEST));
    }
}
