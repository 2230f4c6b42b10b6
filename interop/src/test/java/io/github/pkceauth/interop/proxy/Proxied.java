package io.github.pkceauth.interop.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.BrowserRequest;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SetCookie;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds in every set-up: the browser is on the public address all the time, whatever the client writes. */
abstract class Proxied {

    /** The site, started when it is first asked for. */
    abstract Site site();

    @BeforeEach
    void reset() {
        site().reset();
    }

    @AfterEach
    void theFilterHasNothingToWarnOf() {
        assertFalse(site().logs().text().contains("redirect_uri_insecure"), site().logs()::text);
    }

    @Test
    void aLoginComesBackToTheExactPageWithItsQuery() {
        Page page = site().browser().navigateFully(site().url("/reports/2026?a=b&c=%2F&d=e+f"));

        assertEquals(site().url("/reports/2026?a=b&c=%2F&d=e+f"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
    }

    /** The provider compares it to the letter with the one that is registered. */
    @Test
    void theRedirectUriIsTheOneThatIsRegistered() {
        Page page = site().browser().navigate(site().url("/reports"));

        assertEquals(site().url("/callback"), page.redirectTarget().parameters().get("redirect_uri"));
    }

    @Test
    void aLogoutGoesOverTheProviderBackToThePublicAddress() {
        Browser browser = signedIn();

        Page atProvider = browser.post(site().url("/logout"), Map.of());
        Page page = browser.followFully(atProvider);

        assertEquals(site().url("/"), atProvider.redirectTarget().parameters().get("post_logout_redirect_uri"));
        assertEquals(1, site().provider().calls(ScriptedProvider.LOGOUT));
        assertEquals(site().url("/"), page.url().toString());
        assertTrue(page.seen().isAnonymous(), page::toString);
    }

    @Test
    void aLogoutThatAnotherOriginPostsIsRefused() {
        Browser browser = signedIn();

        for (String origin : new String[] {"https://evil.example/", site().app().url("/")}) {
            assertEquals(
                    403,
                    browser.postFrom(origin, site().url("/logout"), Map.of()).status());
        }
        assertEquals("alice", browser.navigate(site().url("/home")).seen().remoteUser());
    }

    @Test
    void theCookiesAreSecureAndOfThePathThatTheBrowserSees() {
        Browser browser = site().browser();
        SetCookie session = cookie(browser.navigate(site().url("/reports")), "JSESSIONID");
        browser.navigateFully(site().url("/home"));
        SetCookie logout = cookie(browser.post(site().url("/logout"), Map.of()), "pkce_logout_login");

        assertTrue(session.isSecure(), session::toString);
        assertTrue(logout.isSecure(), logout::toString);
        assertEquals(site().path(), session.get("Path"));
        assertEquals(site().path(), logout.get("Path"));
    }

    @Test
    void theLinksOfAnErrorPageLeadToThePublicAddress() {
        site().provider().authorization().answersError("access_denied", "no");

        Page page = site().browser().navigateFully(site().url("/reports"));

        assertEquals(403, page.status());
        assertTrue(page.body().contains("href=\"" + site().url("/login?returnTo=%2Freports") + "\""), page::body);
    }

    /** More than the 4 KiB that nginx has for the head of an answer unless it is told otherwise. */
    @Test
    void theLongestLogoutGetsThrough() {
        site().provider().idToken().withClaim("groups", "g".repeat(2200));
        Browser browser = signedIn();

        Page page = browser.post(site().url("/logout"), Map.of());

        assertEquals(303, page.status());
        String head = page.headers().toString();
        assertTrue(head.length() > 4096, () -> "only " + head.length() + ": " + page.location());
    }

    @Test
    void whatAClientWritesIntoForwardingHeadersChangesNothing() {
        Page page = spoofed(site().browser().request(site().url("/reports")).header("Accept", "text/html"));

        assertEquals(site().url("/callback"), page.redirectTarget().parameters().get("redirect_uri"));
        assertFalse(page.text().contains("evil"), page::text);
    }

    @Test
    void aPortThatAClientWritesChangesNothingWhereTheHostHasNone() {
        Page page = site().browser()
                .request(site().url("/reports"))
                .header("Host", "www.example.com")
                .header("Accept", "text/html")
                .header("X-Forwarded-Port", "4711")
                .send();

        String redirectUri = page.redirectTarget().parameters().get("redirect_uri");
        assertTrue(redirectUri.startsWith("https://"), redirectUri);
        assertFalse(redirectUri.contains(":4711/"), redirectUri);
    }

    @Test
    void whatAClientWritesIntoForwardingHeadersMakesNoOriginOurs() {
        Browser browser = signedIn();

        Page page =
                spoofed(browser.request(site().url("/logout")).method("POST").header("Origin", "https://evil.example"));

        assertEquals(403, page.status());
        assertEquals("alice", browser.navigate(site().url("/home")).seen().remoteUser());
    }

    /** Nobody but the proxies is heard. */
    @Test
    void whoCallsTheApplicationItselfIsNotHeard() {
        Page page =
                spoofed(site().browser().request(site().app().url("/reports")).header("Accept", "text/html"));

        assertFalse(page.text().contains("evil"), page::text);
    }

    private Browser signedIn() {
        Page page = site().browser().navigateFully(site().url("/home"));
        assertEquals("alice", page.seen().remoteUser());
        return site().browser();
    }

    private Page spoofed(BrowserRequest request) {
        return request.header("Forwarded", "for=" + Proxy.HAPROXY.address() + ";proto=https;host=evil.example")
                .header("Forwarded", "for=" + Proxy.NGINX.address() + ";proto=https;host=evil.example, for=\"")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Host", "other.evil.example")
                .header("X-Forwarded-Port", "4711")
                .header("X-Forwarded-Prefix", "/evil")
                .header("x-forwarded-prefix", "//evil.example")
                .send();
    }

    private static SetCookie cookie(Page page, String name) {
        return page.cookiesSet().stream()
                .filter(cookie -> cookie.name().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + ": " + page));
    }
}
