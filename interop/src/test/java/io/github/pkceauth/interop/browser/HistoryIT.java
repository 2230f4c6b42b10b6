package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users who reload, go back, and keep bookmarks, at each step of a login. */
class HistoryIT extends InChromium {
    private App app;

    @BeforeEach
    void open() {
        provider().withLoginForm();
        app = start();
        browser().get(app.url("/public/start"));
    }

    @Test
    void aReloadOfTheLoginFormDoesNoHarm() {
        browser().get(app.url("/wanted"));

        browser().navigate().refresh();
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/wanted"));
    }

    @Test
    void backFromTheLoginFormAndForwardAgainTheLoginGoesOn() {
        browser().get(app.url("/wanted"));

        browser().navigate().back();
        browser().awaitAddress(app.url("/public/start"));
        browser().navigate().forward();
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/wanted"));
    }

    @Test
    void aReloadAfterTheLoginShowsThePageAgain() {
        logIn();

        browser().navigate().refresh();

        browser().awaitAddress(app.url("/wanted"));
        assertEquals(2, pages().reached("GET", "/wanted").size());
        assertEquals(1, logins());
    }

    /** The form that was sent once is sent again: its login is used up, and nobody has to be told so. */
    @Test
    void backToTheLoginFormAndThroughItAgainEndsOnTheFrontPage() {
        logIn();

        browser().navigate().back();
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/"));
        browser().get(app.url("/other"));
        assertTrue(browser().text().contains("For alice."), browser()::text);
    }

    @Test
    void theCallbackOutOfTheHistoryLeadsASignedInUserToTheFrontPage() {
        logIn();

        browser().get(callback());

        browser().awaitAddress(app.url("/"));
    }

    @Test
    void theCallbackOutOfTheHistoryBeginsALoginForOthers() {
        logIn();
        app.sessions().expireAll();

        browser().get(callback());
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/"));
    }

    @Test
    void aBookmarkOfTheLoginFormLeadsToTheFrontPage() {
        browser().get(app.url("/wanted"));
        String bookmark = browser().getCurrentUrl();
        browser().beginAnew();

        browser().get(bookmark);
        browser().press(SIGN_IN);
        browser().await("second login", () -> logins() == 3);
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/"));
        browser().get(app.url("/other"));
        assertTrue(browser().text().contains("For alice."), browser()::text);
    }

    private void logIn() {
        browser().get(app.url("/wanted"));
        browser().press(SIGN_IN);
        browser().awaitAddress(app.url("/wanted"));
    }

    private String callback() {
        return app.url(witness().arrivals("/callback").get(0).target());
    }
}
