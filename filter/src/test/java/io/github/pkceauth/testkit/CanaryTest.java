package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        canary.learn(SecretKind.REFRESH_TOKEN, SECRET);
        canary.see("request to /token: body", "grant_type=authorization_code&code=" + SECRET);

        assertEquals(1, canary.leaks().size());
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

            for (SecretKind kind : EnumSet.complementOf(EnumSet.of(SecretKind.LOGOUT_TOKEN))) {
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
