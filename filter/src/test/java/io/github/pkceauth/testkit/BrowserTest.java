package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrowserTest {
    private final ScriptedProvider server = ScriptedProvider.start();
    private final Browser browser = Browser.open();
    private final String place = server.address("/jwks");
    private final String elsewhere = place.replace("127.0.0.1", "localhost");

    @AfterEach
    void close() {
        browser.close();
        server.close();
    }

    private RecordedRequest last() {
        List<RecordedRequest> all = server.requests();
        return all.get(all.size() - 1);
    }

    private String fetchHeaders() {
        Headers headers = last().headers();
        return headers.get("Sec-Fetch-Site", "-")
                + " "
                + headers.get("Sec-Fetch-Mode", "-")
                + " "
                + headers.get("Sec-Fetch-Dest", "-");
    }

    @Test
    void navigationAndFetchTellThemselvesApart() {
        browser.navigate(place);
        assertEquals("none navigate document", fetchHeaders());
        assertTrue(last().header("Accept").startsWith("text/html"));
        browser.fetch(place);
        assertEquals("same-origin cors empty", fetchHeaders());
        assertEquals("*/*", last().header("Accept"));
        browser.clickFrom(elsewhere, place);
        assertEquals("cross-site navigate document", fetchHeaders());
        assertEquals(Url.parse(elsewhere).origin() + "/", last().header("Referer"));
        Browser.old().navigate(place);
        assertEquals("- - -", fetchHeaders());
    }

    @Test
    void redirectChainRemembersItsOrigin() {
        server.userinfo().redirectsTo(302, place.replace("127.0.0.1", "localhost"));
        String start = server.address("/userinfo");
        assertEquals(200, browser.navigateFully(start).status());
        assertEquals("none navigate document", fetchHeaders());
        browser.followFully(browser.clickFrom(start, start));
        assertEquals("cross-site navigate document", fetchHeaders());
        assertEquals(4, browser.addresses().size());
    }

    @Test
    void endlessRedirectsFailTheTest() {
        server.jwks().redirectsTo(302, "/jwks");
        assertThrows(AssertionError.class, () -> browser.navigateFully(place));
    }

    @Test
    void cookiesKeepToTheirHostAndPath() {
        server.jwks().withHeader("Set-Cookie", "a=1; Path=/; HttpOnly");
        browser.navigate(place);
        server.jwks().behaves();
        browser.navigate(server.address("/userinfo"));
        assertEquals("a=1", last().header("Cookie"));
        browser.navigate(elsewhere);
        assertFalse(last().headers().has("Cookie"));
        browser.cookies().put(place, "b=2; Path=/token");
        browser.navigate(place);
        assertEquals("a=1", last().header("Cookie"));
        browser.cookies().put(place, "a=; Path=/; Max-Age=0");
        assertEquals(Set.of("b"), browser.cookies().names());
    }

    @Test
    void sameSiteCookiesStayAtHome() {
        browser.cookies().put(place, "strict=1; SameSite=Strict");
        browser.cookies().put(place, "lax=1; SameSite=Lax");
        browser.cookies().put(place, "plain=1");
        browser.navigate(place);
        assertEquals("strict=1; lax=1; plain=1", last().header("Cookie"));
        browser.clickFrom(elsewhere, place);
        assertEquals("lax=1; plain=1", last().header("Cookie"));
        browser.postFrom(elsewhere, place, Map.of("a", "b"));
        assertFalse(last().headers().has("Cookie"));
        assertEquals(Url.parse(elsewhere).origin(), last().header("Origin"));
        browser.post(place, Map.of("a", "b"));
        assertEquals("strict=1; lax=1; plain=1", last().header("Cookie"));
        browser.fetchFrom(elsewhere, place);
        assertFalse(last().headers().has("Cookie"));
    }

    @Test
    void secureAndPrefixedCookiesNeedHttps() {
        browser.cookies().put(place, "a=1; Secure");
        browser.cookies().put(place, "__Host-b=1; Path=/");
        assertEquals(0, browser.cookies().size());
    }

    @Test
    void secureCookiesOfThisMachineCanBeTrustedToIt() {
        Browser trusting = Browser.trustingLoopback();
        trusting.cookies().put(place, "a=1; Secure");
        trusting.cookies().put("http://other.example/", "b=1; Secure");
        trusting.navigate(place);
        assertEquals("a=1", last().header("Cookie"));
        assertEquals(1, trusting.cookies().size());
    }

    @Test
    void browserWithoutCookiesKeepsNone() {
        server.jwks().withHeader("Set-Cookie", "a=1; Path=/");
        Browser cookieless = Browser.withoutCookies();
        assertEquals("a", cookieless.navigate(place).cookiesSet().get(0).name());
        cookieless.navigate(place);
        assertFalse(last().headers().has("Cookie"));
    }

    @Test
    void cookiesCanBeCopied() {
        browser.cookies().put(place, "a=1");
        Browser thief = Browser.open().copyCookiesFrom(browser);
        thief.navigate(place);
        assertEquals("a=1", last().header("Cookie"));
    }

    @Test
    void oddRequestsAreSentAsGiven() {
        browser.request(place + "?a=%zz&b=\\")
                .method("PUT")
                .header("Upgrade", "websocket")
                .header("Host", "evil.example")
                .body("text/plain", "hello")
                .send();
        assertEquals("a=%zz&b=\\", last().rawQuery());
        assertEquals("evil.example", last().header("Host"));
        assertEquals("websocket", last().header("Upgrade"));
        assertEquals("hello", last().body());
        assertFalse(last().headers().has("Sec-Fetch-Mode"));
    }

    @Test
    void formsAreFilledInAndSubmitted() {
        String html = "<form action='/token' method=\"post\"><input name=\"user\" value=\"\">"
                + "<input type=hidden name=\"csrf\" value=\"a&amp;b\"></form>";
        server.jwks().answers(Reply.html(200, html));
        Page page = browser.navigate(place);
        browser.submit(page, page.form().filledIn("user", "alice"));
        assertEquals("alice", server.request("/token").form().get("user"));
        assertEquals("a&b", server.request("/token").form().get("csrf"));
        assertEquals(Url.parse(place).origin(), last().header("Origin"));
    }
}
