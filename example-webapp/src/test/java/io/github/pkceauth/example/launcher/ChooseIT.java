package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two providers in one application, each behind a filter of its own. */
class ChooseIT {

    private static ExampleServer example;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() throws StartFailure {
        example = ExampleServer.start(Map.of("PORT", "0", "PROVIDER_PORT", "0"));
    }

    @AfterAll
    static void stop() throws IOException {
        example.close();
    }

    private static URI page(String path) {
        return example.applicationUri().resolve(path);
    }

    @Test
    void thePageShowsBothWaysInToEverybody() throws Exception {
        Page choose = browser.open(page("/choose"));

        assertEquals(200, choose.status());
        assertTrue(choose.has("href=\"/login?returnTo=/choose\""), choose.body());
        assertTrue(choose.has("href=\"/partner/login?returnTo=/choose\""), choose.body());
    }

    @Test
    void aLoginAtOneDoesNotEndTheOther() throws Exception {
        Login.signIn(browser, page("/login?returnTo=/choose"), "alice");

        Page both = Login.signIn(browser, page("/partner/login?returnTo=/choose"), "bob");

        assertEquals(page("/choose"), both.uri());
        assertTrue(both.has("<strong>alice</strong></a>, by " + example.providerUri()), both.body());
        assertTrue(both.has("<strong>bob</strong></a>, by "), both.body());
        assertTrue(browser.open(page("/me")).has("alice"));
        assertTrue(browser.open(page("/partner/me")).has("bob"));
    }

    @Test
    void theOrderMakesNoDifference() throws Exception {
        Login.signIn(browser, page("/partner/login?returnTo=/choose"), "alice");

        Page both = Login.signIn(browser, page("/login?returnTo=/choose"), "bob");

        assertTrue(both.has("<strong>bob</strong></a>, by " + example.providerUri()), both.body());
        assertTrue(both.has("<strong>alice</strong></a>, by "), both.body());
    }

    @Test
    void theUsersOfOneAreNobodyToTheOther() throws Exception {
        Login.signIn(browser, page("/me"), "alice");

        Page partner = browser.open(page("/partner/me"));

        assertEquals("/login", partner.uri().getPath());
        assertFalse(partner.uri().getPort() == example.providerUri().getPort(), partner.uri()::toString);
    }

    @Test
    void theSessionIsOneAndEndsAsOne() throws Exception {
        Login.signIn(browser, page("/login?returnTo=/choose"), "alice");
        Page both = Login.signIn(browser, page("/partner/login?returnTo=/choose"), "bob");

        browser.submit(both.form("/logout"));

        Page after = browser.open(page("/choose"));
        assertFalse(after.has("Signed in as"), after.body());
    }
}
