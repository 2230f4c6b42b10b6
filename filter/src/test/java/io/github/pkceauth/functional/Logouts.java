package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.SetCookie;

/** What is to be seen of a logout, or of its refusal, where one browser is signed in. */
final class Logouts {
    /** The cookie that says which confirmation of the provider's is waited for. */
    static final String STATE_COOKIE = "pkce_logout_login";

    private Logouts() {}

    /** The cookie as a page sets or removes it. */
    static SetCookie stateCookie(Page page) {
        return page.cookiesSet().stream()
                .filter(cookie -> cookie.name().startsWith(STATE_COOKIE))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + STATE_COOKIE + ": " + page));
    }

    static void assertSignedIn(App app, Browser browser) {
        assertEquals(1, app.sessions().count());
        assertEquals("alice", browser.navigate(app.url("/home")).seen().remoteUser());
    }

    static void assertSignedOut(App app, Browser browser) {
        assertEquals(0, app.sessions().count());
        assertTrue(browser.navigate(app.url("/home")).isRedirect());
    }
}
