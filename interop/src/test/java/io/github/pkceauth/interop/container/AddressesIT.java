package io.github.pkceauth.interop.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Url;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and queries as they come: which of them are public, and that a login leads back to the very same. */
class AddressesIT extends OnEachContainer {

    /** What a careless hand would change. */
    static final List<String> ODD = List.of(
            "/reports?year=2026&q=a%20b",
            "/reports?q=a+b&r=%2B",
            "/a%20b/c%2Bd+e",
            "/caf%C3%A9?name=%E2%9C%93",
            "/a;v=1/b;w=2?x=;y",
            "/x?filter[name]=a&filter[]=b",
            "/x?a=b?c=d&&e&=&f=",
            "/(1)!*'$,@:=~-._",
            "/x?next=https://evil.example/",
            "/x?a=%0D%0ALocation:%20https://evil.example/");

    /** Ways to write an address that others may read as one of their own. */
    static final List<String> FOREIGN = List.of(
            "//evil.example/x",
            "///evil.example/x",
            "/\\evil.example/x",
            "/%5Cevil.example/x",
            "/%2F/evil.example/x",
            "/.//evil.example/x",
            "/;//evil.example/x",
            "/x/..//evil.example/x",
            "/@evil.example/x");

    AddressesIT(RunningContainer container) {
        super(container);
    }

    // Back to the same page

    @ParameterizedTest
    @FieldSource("ODD")
    void aLoginLeadsBackByteForByte(String address) {
        Page page = browser().navigateFully(example(address));

        assertEquals(example(address), page.url().toString());
        assertIsAlice(browser().fetch(example("/api/me")));
    }

    @ParameterizedTest
    @FieldSource("ODD")
    void aLoginLeadsBackByteForByteWithinAContextPath(String address) {
        Page page = browser().navigateFully(probe("/echo" + address));

        assertEquals(probe("/echo" + address), page.url().toString());
        assertEquals("alice", Told.by(page).user());
    }

    /** Undertow answers the first with 400 before it asks any filter, and cannot tell the second from none at all. */
    @ParameterizedTest
    @CsvSource({"/echo/x?%zz&100%, 400", "/echo/x?, 200"})
    void aQueryThatIsNoneLeadsBackAsFarAsTheContainerTellsOfIt(String address, int statusInUndertow) {
        Page page = browser().navigateFully(probe(address));

        if (container().kind() == ContainerKind.UNDERTOW) {
            assertEquals(statusInUndertow, page.status(), page::toString);
        } else {
            assertEquals(probe(address), page.url().toString());
            assertEquals("alice", Told.by(page).user());
        }
    }

    @ParameterizedTest
    @FieldSource("FOREIGN")
    void noAddressLeadsToAnotherOrigin(String address) {
        browser().navigateFully(example(address));

        for (Page page : browser().history()) {
            assertIsOurs(page.url());
        }
    }

    @ParameterizedTest
    @FieldSource("FOREIGN")
    void noReturnAddressLeadsToAnotherOrigin(String address) {
        browser().navigateFully(example("/login?returnTo=" + URLEncoder.encode(address, StandardCharsets.UTF_8)));

        for (Page page : browser().history()) {
            assertIsOurs(page.url());
        }
        assertIsAlice(browser().fetch(example("/api/me")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsessionid", "JSESSIONID", "EXAMPLE_SESSION", "example_session"})
    void aSessionIdInTheAddressNeverReachesTheProvider(String name) {
        browser().navigateFully(example("/me;" + name + "=id4711?page=secret"));

        assertTrue(
                provider().requests().stream()
                        .noneMatch(request -> request.text().contains("id4711")),
                "the provider knows the session id");
    }

    // What is public

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health?full", "/health;v=1"})
    void thePublicPageIsShownToEverybody(String address) {
        Page page = browser().navigate(example(address));

        assertEquals("ok", page.body(), page::toString);
        assertEquals(0, providerCalls());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health;x/../admin",
                "/health/../admin",
                "/health/..;/admin",
                "/health/..;x=y/admin",
                "/health/%2e%2e/admin",
                "/health/.%2E/admin",
                "/health%2F..%2Fadmin",
                "/health%2f%2e%2e%2fadmin",
                "/health%252F..%252Fadmin",
                "/health\\..\\admin",
                "/health%5C..%5Cadmin",
                "/health;/admin",
                "/health%3B/admin",
                "/health%00/../admin",
                "//health/../admin",
                "/./health/.././admin",
                "/admin;/health",
                "/admin;/../health",
                "/admin/..;/health",
                "/admin/%2e%2e/health",
                "/admin?/health",
                "/admin%3F/health",
                "/admin%23/health",
                "/style.css/../admin",
                "/style.css;/../admin",
                "/admin;.css",
                "/admin/;a/style.css",
                "/;/admin",
                "/;x=y/admin",
                "//admin",
                "/%61dmin",
                "/admin/",
                "/admin%20",
                "/admin%00"
            })
    void nobodyGetsIntoAProtectedPageByWritingItsAddressInAnotherWay(String address) {
        for (Page page : List.of(browser().fetch(example(address)), browser().navigate(example(address)))) {
            assertFalse(page.body().contains("This page is for the role"), page::toString);
            assertFalse(page.body().contains("<h1>Admin</h1>"), page::toString);
            assertTrue(page.status() != 500, page::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/../echo/x",
                "/public/..;/echo/x",
                "/public/..;a=b/echo/x",
                "/public/%2e%2e/echo/x",
                "/public/%2E%2E;/echo/x",
                "/public;a/../echo/x",
                "/public%2F..%2Fecho/x",
                "/public/..%2Fecho/x",
                "/public\\..\\echo\\x",
                "/public/%5C../echo/x",
                "/public//../echo/x",
                "/public//../../echo/x",
                "/public/./../echo/x",
                "/public%2e/../echo/x",
                "/public/echo/../../echo/x",
                "/public/%00/../../echo/x",
                "/echo/x;/public/",
                "/echo/..;/public/../echo/x",
                "/echo/x/%2e%2e/%2e%2e/echo/public/",
                "/PUBLIC/echo/x",
                "/%70ublic/../echo/x",
                "/x/../../app/echo/x",
                ";a=b/echo/x",
                "//echo/x",
                "/%65cho/x"
            })
    void aPublicPrefixOpensNothingElse(String address) {
        Page page = browser().fetch(probe(address));

        assertTrue(page.status() != 200 || Told.by(page).text("servletPath").startsWith("/public/"), page::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/echo", "/public/echo/x", "/%70ublic/echo/x", "/public;a=b/echo/x;c"})
    void aPublicPrefixOpensWhatIsBehindIt(String address) {
        Page page = browser().fetch(probe(address));

        assertEquals(200, page.status(), page::toString);
        assertEquals("/public/echo", Told.by(page).text("servletPath"));
    }

    // Front pages and welcome files

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/?a=b"})
    void theFrontPageIsPublic(String address) {
        Page page = browser().navigateFully(example(address));

        assertEquals(200, page.status(), page::toString);
        assertTrue(page.body().contains("Nobody is signed in"), page::toString);
        assertEquals(0, providerCalls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?a=b", "/", "/?a=b"})
    void theFrontPageOfAContextPathIsPublicWithASlashOrWithout(String address) {
        Page page = browser().navigateFully(probe(address));

        assertTrue(page.body().contains("The front page of the probe"), page::toString);
        assertEquals(0, providerCalls());
    }

    @Test
    void theFileBehindThePublicFrontPageIsNotPublicByItsOwnName() {
        assertEquals(401, browser().fetch(probe("/index.html")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pages/", "/pages"})
    void theWelcomeFileOfAFolderIsShownAfterALogin(String address) {
        assertEquals(401, browser().fetch(probe("/pages/")).status());

        Page page = browser().navigateFully(probe(address));

        assertEquals(probe("/pages/"), page.url().toString());
        assertTrue(page.body().contains("The welcome file of a folder"), page::toString);
    }

    private void assertIsOurs(Url url) {
        Url ours = Url.parse(example("/"));
        Url provider = Url.parse(provider().issuer());
        assertTrue(
                url.origin().equals(ours.origin()) || url.origin().equals(provider.origin()),
                () -> "led to " + url + ": " + browser().addresses());
    }
}
