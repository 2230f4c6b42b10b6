package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.config.Forwarding;
import io.github.pkceauth.config.Paths;
import io.github.pkceauth.testkit.OpenRedirects;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnToTest {

    private static final int TRIES = 20_000;

    /** What open redirects are made of. */
    private static final List<String> NASTY = List.of(
            "/",
            "/",
            "/",
            "\\",
            "?",
            "#",
            "@",
            ":",
            ";",
            ".",
            "..",
            "%",
            "%2f",
            "%2F",
            "%5c",
            "%2e",
            "%00",
            "%0d%0a",
            "%25",
            "\t",
            "\n",
            "\r",
            "\0",
            " ",
            "\u00a0",
            "\u2028",
            "\uFF0F",
            "\u3002",
            "é",
            "http:",
            "https:",
            "javascript:",
            "//",
            "evil.example",
            "app",
            "/app",
            "login",
            "callback",
            "logout",
            "a",
            "b=c",
            "&",
            "[",
            "]",
            "<",
            "\"",
            "|",
            "^",
            "{",
            "}",
            "`",
            "~",
            "*",
            "+",
            ",",
            "'",
            "(",
            "!",
            "$");

    private static final Paths PATHS =
            new Paths("/callback", "/login", "/logout", "/", Optional.empty(), Optional.empty());

    private final ReturnTo returnTo = returnTo(Optional.empty());

    static Stream<String> payloads() {
        return OpenRedirects.all();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void noKnownOpenRedirectIsFollowed(String payload) {
        assertEquals("/", returnTo.named(Requests.get("/login").request(), payload));
        assertEquals("/", returnTo.named(Requests.in("/app", "/login").request(), payload));
    }

    @Test
    void noMixtureOfTheirPartsLeavesTheApplication() {
        Random random = new Random(42);
        List<HttpServletRequest> requests = List.of(
                Requests.get("/login").request(), Requests.in("/app", "/login").request());
        int kept = 0;
        for (int i = 0; i < TRIES; i++) {
            String address = (random.nextBoolean() ? "/" : "") + mixture(random);
            for (HttpServletRequest request : requests) {
                String target = returnTo.named(request, address);
                assertStaysInside(request.getContextPath(), target, address);
                kept += target.equals("/") ? 0 : 1;
            }
        }
        assertTrue(kept > TRIES / 100, "hardly any address is kept: " + kept);
    }

    @Test
    void noRefererLeavesTheApplication() {
        Random random = new Random(43);
        Requests form = Requests.get("/form");
        for (int i = 0; i < TRIES / 10; i++) {
            String referer = (random.nextInt(4) > 0 ? "https://app.example" : "") + mixture(random);
            String target = returnTo.pageBehind(form.only("Referer", referer).request());
            assertStaysInside("", target, referer);
        }
    }

    @Test
    void noRawAddressLeavesTheApplication() {
        Random random = new Random(44);
        Requests page = Requests.get("/page");
        for (int i = 0; i < TRIES / 10; i++) {
            String path = "/" + mixture(random).replace("?", "");
            String target =
                    returnTo.pageOf(page.uri(path).query(mixture(random)).request());

            assertTrue(target.startsWith("/"), path);
            assertTrue(!target.startsWith("//") && !target.startsWith("/\\"), path);
            assertTrue(target.chars().noneMatch(c -> c < 0x20 || c == 0x7F), path);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/reports, , /reports",
        "/reports, year=2026&q=a%20b, /reports?year=2026&q=a%20b",
        "/reports, '', /reports?",
        "/a%2Fb;v=1/%C3%BC, x=%2F%2F, /a%2Fb;v=1/%C3%BC?x=%2F%2F",
        "/a//b, , /a//b",
        "/, , /",
        "//evil.example/x, , /",
        "/\\evil.example/x, , /",
        "//, , /",
        "/!~, !~, /!~?!~",
        "/a b, , /",
        "/a, ' b', /",
        "/\u007F, , /",
        "/\u00E9, , /"
    })
    void aPageComesBackByteForByteUnlessItsPathIsTwisted(String uri, String query, String target) {
        assertEquals(
                target, returnTo.pageOf(Requests.get("/x").uri(uri).query(query).request()));
    }

    @ParameterizedTest
    @CsvSource({
        "/app/reports, /reports",
        "/app/, /",
        "/app, /",
        "/app/app/x, /app/x",
        "/apple/x, /",
        "/other, /",
        "//app/x, /"
    })
    void aPageIsToldWithinItsContext(String uri, String target) {
        assertEquals(target, returnTo.pageOf(Requests.in("/app", "/x").uri(uri).request()));
    }

    @ParameterizedTest
    @CsvSource({
        "/reports?year=2026&q=a%20b#top, /reports?year=2026&q=a%20b#top",
        "/app/reports, /reports",
        "/app, /",
        "/app?x=y, /?x=y",
        "/apple, /apple",
        "/a;v=1, /a;v=1",
        "/x?to=//evil.example/%2F, /x?to=//evil.example/%2F"
    })
    void aLinkMayNameAPageWithOrWithoutTheContextPath(String named, String target) {
        assertEquals(target, returnTo.named(Requests.in("/app", "/login").request(), named));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login",
                "/login?returnTo=/x",
                "/logout",
                "/logout#x",
                "/callback?code=x",
                "/callback;x",
                "/%6cogout",
                "/%6C%6f%67out?x",
                "/;x/logout",
                "/;/;/login;y",
                "/app/;/%63allback",
                "/app/logout",
                "",
                "reports",
                "?x"
            })
    void aLinkMayNotNameTheFiltersOwnPathsNorAnythingButAPath(String named) {
        assertEquals("/", returnTo.named(Requests.in("/app", "/login").request(), named));
    }

    @Test
    void noNameIsTheFrontPage() {
        assertEquals("/", returnTo.named(Requests.get("/login").request(), null));
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example/app/form?id=7, /form?id=7",
        "https://APP.example:443/app/form, /form",
        "https://app.example/app, /",
        "https://app.example/, /",
        "https://app.example/app/login, /",
        "https://evil.example/app/form, /",
        "http://app.example/app/form, /",
        "https://app.example:8443/app/form, /",
        "https://app.example@evil.example/app/form, /",
        "https://app.example/app//evil.example, //evil.example",
        "about:blank, /",
        "not an address, /"
    })
    void aFormGoesBackToItsOwnPageOfTheSameOrigin(String referer, String target) {
        assertEquals(
                target,
                returnTo.pageBehind(
                        Requests.in("/app", "/save").header("Referer", referer).request()));
    }

    @Test
    void aFormWithoutARefererGoesToTheFrontPage() {
        assertEquals("/", returnTo.pageBehind(Requests.in("/app", "/save").request()));
    }

    @Test
    void behindAProxyAFormsPageIsToldByTheAddressThatTheBrowserSees() {
        ReturnTo proxied = returnTo(Optional.of("https://www.example.com/shop"));

        assertEquals(
                "/form",
                proxied.pageBehind(Requests.in("/app", "/save")
                        .header("Referer", "https://www.example.com/shop/form")
                        .request()));
        assertEquals(
                "/",
                proxied.pageBehind(Requests.in("/app", "/save")
                        .header("Referer", "https://app.example/app/form")
                        .request()));
    }

    private static void assertStaysInside(String context, String target, String from) {
        assertTrue(target.startsWith("/"), () -> "from " + from);
        assertTrue(!target.startsWith("//") && !target.startsWith("/\\"), () -> "from " + from);
        // Browsers take more behind the # than Java does, and send nothing of it.
        URI address = URI.create("https://app.example" + context + target.replaceFirst("#.*", ""));
        assertEquals("app.example", address.getHost(), () -> "from " + from);
        assertTrue(address.getRawPath().startsWith(context + "/"), () -> "from " + from);
        assertTrue(address.normalize().getPath().startsWith(context + "/"), () -> "out of the context, from " + from);
    }

    private static String mixture(Random random) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(8); parts >= 0; parts--) {
            text.append(NASTY.get(random.nextInt(NASTY.size())));
        }
        return text.toString();
    }

    private static ReturnTo returnTo(Optional<String> baseUrl) {
        return new ReturnTo(new PublicUrl(baseUrl, Forwarding.NONE, false, PATHS.callback()), PATHS);
    }
}
