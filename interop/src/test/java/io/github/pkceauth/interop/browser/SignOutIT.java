package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.ScriptedProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Users who sign out, and what their other windows and their history know of it. */
@ParameterizedClass
@EnumSource(Container.class)
class SignOutIT extends InChromium {
    private static final String SECRET = "What only alice may see";

    @Parameter
    private Container container;

    private App app;

    @BeforeEach
    void open() {
        pages().page("/page", SECRET + "<form method=post action=/logout><button>Sign out</button></form>");
        app = start(describe(App.on(container)));
        signIn(app, "/page");
        provider().withLoginForm();
    }

    @Test
    void aButtonSignsOutHereAndAtTheProvider() {
        browser().press("Sign out");

        browser().awaitAddress(app.url("/"));
        assertEquals(1, provider().calls(ScriptedProvider.LOGOUT));
        assertEquals(0, app.sessions().count());
    }

    @Test
    void anotherWindowHasToSignInForItsNextPage() {
        signOutInAnotherWindow();

        browser().get(app.url("/other"));

        browser().awaitText(SIGN_IN);
    }

    @Test
    void aScriptOfAnotherWindowIsToldSo() {
        signOutInAnotherWindow();

        assertEquals(401L, browser().run("return (await fetch('/api/orders')).status"));
    }

    @Test
    void backAfterwardsShowsNothingOfThePage() {
        browser().press("Sign out");
        browser().awaitAddress(app.url("/"));

        browser().navigate().back();

        browser().awaitText(SIGN_IN);
        assertFalse(browser().getPageSource().contains(SECRET), browser()::getPageSource);
    }

    /** Nothing changes in this window, not even a cookie, and pages may be kept for "back" as they were. */
    @Test
    void backShowsNothingInAnotherWindowEither() {
        browser().get(app.url("/public/start"));
        signOutInAnotherWindow();

        browser().navigate().back();

        browser().awaitText(SIGN_IN);
        assertFalse(browser().getPageSource().contains(SECRET), browser()::getPageSource);
    }

    @Test
    void aLinkOfAnotherSiteAsksFirst() {
        pages().page("/public/elsewhere", "<a href='" + app.url("/logout") + "'>Win</a>");
        browser().get(app.urlAt("127.0.0.1", "/public/elsewhere"));

        browser().press("Win");

        browser().awaitText("Do you want to sign out?");
        assertEquals(1, app.sessions().count());
        browser().press("Sign out");
        browser().awaitAddress(app.url("/"));
        assertEquals(0, app.sessions().count());
        assertEquals(1, provider().calls(ScriptedProvider.LOGOUT));
    }

    private void signOutInAnotherWindow() {
        String here = browser().getWindowHandle();
        browser().openWindow();
        browser().get(app.url("/page"));
        browser().press("Sign out");
        browser().awaitAddress(app.url("/"));
        browser().goTo(here);
    }
}
