package io.github.pkceauth.interop.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.SetCookie;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The container's sessions: their cookies, their ids, and whose they are. */
class SessionsIT extends OnEachContainer {

    private static final String COOKIE = "EXAMPLE_SESSION";

    SessionsIT(RunningContainer container) {
        super(container);
    }

    @Test
    void theSessionCookieIsAsTheDeploymentDescriptorSays() {
        Page page = browser().navigate(example("/me"));

        List<SetCookie> cookies = page.cookiesSet();
        assertEquals(List.of(COOKIE), cookies.stream().map(SetCookie::name).toList(), page::toString);
        assertTrue(cookies.get(0).isHttpOnly(), page::toString);
        assertEquals("Lax", cookies.get(0).get("SameSite"), page::toString);
        assertEquals("/", cookies.get(0).get("Path"), page::toString);
    }

    @Test
    void theSessionCookieOfAnApplicationIsForItsContextPath() {
        Page page = browser().navigate(probe("/echo"));

        SetCookie cookie = page.cookiesSet().get(0);
        assertEquals("PROBE_SESSION", cookie.name());
        assertTrue(cookie.isHttpOnly(), page::toString);
        assertEquals("/app", cookie.get("Path"), page::toString);
    }

    @Test
    void whoeverNeedsNoSessionGetsNone() {
        for (String path : List.of("/", "/health", "/style.css", "/api/me", "/no-such-page")) {
            assertFalse(browser().fetch(example(path)).headers().has("Set-Cookie"), path);
        }
        assertEquals("false", Told.by(browser().navigate(probe("/public/echo"))).text("hasSession"));
    }

    @Test
    void theIdOfTheSessionChangesAtTheLogin() {
        Page begun = browser().navigate(example("/me"));
        String before = browser().cookies().get(COOKIE);
        Browser attacker = Browser.open().copyCookiesFrom(browser());

        assertEquals(200, browser().followFully(begun).status());

        assertNotEquals(before, browser().cookies().get(COOKIE));
        assertEquals(401, attacker.fetch(example("/api/me")).status());
        assertIsAlice(browser().fetch(example("/api/me")));
    }

    @Test
    void whatTheApplicationKeepsInTheSessionOutlivesTheLogin() {
        browser().navigate(probe("/public/note/before"));

        Page page = browser().navigateFully(probe("/echo"));

        assertEquals("alice", Told.by(page).user());
        assertEquals("/before", Told.by(page).text("note"));
    }

    @Test
    void anIdThatSomebodyPlantsIsNotTaken() {
        String planted = "0123456789ABCDEF0123456789ABCDEF";
        browser().cookies().put(example("/"), COOKIE + "=" + planted + "; Path=/");

        browser().navigateFully(example("/me"));

        assertNotEquals(planted, browser().cookies().get(COOKIE));
        Browser attacker = Browser.open();
        attacker.cookies().put(example("/"), COOKIE + "=" + planted + "; Path=/");
        assertEquals(401, attacker.fetch(example("/api/me")).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "\"a",
                "a b",
                "a,b",
                "a=b",
                "../../etc/passwd",
                "%00%0d%0a",
                "\"a b\"",
                "\"a,b;c\"",
                "{}",
                "-1",
                "null",
                "a.node0",
                "; Path=/",
                "a; EXAMPLE_SESSION=b; EXAMPLE_SESSION=c"
            })
    void aCookieThatIsNoSessionsIsNobodys(String value) {
        Page script = raw().get("/api/me", "Cookie: " + COOKIE + "=" + value);
        Page page = raw().get("/me", "Accept: text/html", "Cookie: " + COOKIE + "=" + value);

        assertEquals(401, script.status(), script::toString);
        assertFalse(script.headers().has("Set-Cookie"), script::toString);
        assertEquals(302, page.status(), page::toString);
        assertTrue(page.location().startsWith(provider().issuer()), page::toString);
    }

    /** Undertow answers 500 before it asks any filter, whatever cookie it is. */
    @Test
    void aCookieBeyondAsciiIsNobodys() {
        Page page = raw().get("/api/me", "Cookie: " + COOKIE + "=é✓");

        int expected = container().kind() == ContainerKind.UNDERTOW ? 500 : 401;
        assertEquals(expected, page.status(), page::toString);
        Own.assertTellsNothingOfTheInside(page);
    }

    @Test
    void aVeryLongCookieIsNobodys() {
        Page page = raw().get("/api/me", "Cookie: " + COOKIE + "=" + "a".repeat(6000));

        assertEquals(401, page.status(), page::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsessionid", "JSESSIONID", "PROBE_SESSION", "probe_session"})
    void aSessionIdInTheAddressOpensNoSession(String name) {
        Browser signedIn = signedInToProbe();
        String id = signedIn.cookies().get("PROBE_SESSION");

        for (String path : List.of("/echo/x", "/public/echo/x", "/login", "/callback")) {
            Page page = browser().navigate(probe(path + ";" + name + "=" + id));

            assertTrue(page.status() != 200 || Told.by(page).user().isEmpty(), page::toString);
            assertFalse(page.isRedirect() && page.location().contains(id), page::toString);
        }
    }

    @Test
    void aSessionIdInTheAddressIsRefusedWhereTheContainerReadsIt() {
        String id = signedInToProbe().cookies().get("PROBE_SESSION");

        List<String> codes = List.of("jsessionid", "PROBE_SESSION", "probe_session").stream()
                .map(name -> browser().fetch(probe("/echo;" + name + "=" + id)))
                .map(page -> page.status() + " " + page.json().get("code"))
                .toList();

        assertTrue(codes.contains("400 session_id_in_url"), codes::toString);
    }

    @Test
    void anotherUserGetsAnotherSession() {
        Page firstTab = browser().navigate(probe("/echo/1"));
        Page secondTab = browser().navigate(probe("/echo/2"));
        browser().followFully(firstTab);
        browser().navigate(probe("/note/of-alice"));
        Browser left = Browser.open().copyCookiesFrom(browser());
        provider().signInAs("bob");

        Page page = browser().followFully(secondTab);

        assertEquals("bob", Told.by(page).user(), page::toString);
        assertEquals("", Told.by(page).text("note"), page::toString);
        assertNotEquals(left.cookies().get("PROBE_SESSION"), browser().cookies().get("PROBE_SESSION"));
        assertEquals(401, left.fetch(probe("/echo")).status());
    }
}
