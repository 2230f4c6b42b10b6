package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class AppTest {
    private static final Filter OPEN = (request, response, chain) -> chain.doFilter(request, response);

    private final Container container;
    private final Browser browser = Browser.open();

    AppTest(Container container) {
        this.container = container;
    }

    private AppBuilder app() {
        return App.on(container).filter(OPEN);
    }

    @Test
    void probeTellsWhatTheApplicationSees() {
        try (App app = app().contextPath("/app").start()) {
            Page page = browser.navigate(app.url("/x%20y?role=admin&a=%2f"));
            assertEquals(200, page.status());
            assertEquals("GET", page.seen().method());
            assertEquals("/app/x%20y", page.seen().requestUri());
            assertEquals("role=admin&a=%2f", page.seen().query());
            assertTrue(page.seen().isAnonymous());
            assertFalse(page.seen().hasRole("admin"));
            assertFalse(page.seen().hasSession());
            assertEquals("REQUEST", page.seen().dispatcherType());
            assertEquals(List.of("GET /app/x%20y"), app.probe().reached());
            assertEquals(
                    "a=b", browser.post(app.url("/x"), Map.of("a", "b")).seen().body());
        }
    }

    @Test
    void bothNamesOfTheMachineWork() {
        try (App app = app().start()) {
            String local = browser.navigate(app.url("/")).seen().requestUrl();
            String numeric =
                    browser.navigate(app.urlAt("127.0.0.1", "/")).seen().requestUrl();
            assertEquals(app.url("/"), local);
            assertEquals(app.urlAt("127.0.0.1", "/"), numeric);
        }
    }

    @Test
    void sessionsAreSeenFromOutside() {
        try (App app = app().sessionTimeout(Duration.ofMinutes(7)).start()) {
            browser.navigate(app.url("/?do=session&name=colour"));
            HttpSession session = app.sessions().of(browser);
            assertSame(session, app.sessions().only());
            assertEquals(Set.of("colour"), app.sessions().attributeNames(browser));
            assertEquals(420, session.getMaxInactiveInterval());
            assertTrue(browser.navigate(app.url("/")).seen().hasSession());
            app.sessions().expireAll();
            assertEquals(0, app.sessions().count());
            assertFalse(browser.navigate(app.url("/")).seen().hasSession());
        }
    }

    @Test
    void sessionIdIsTakenFromTheUrlUnlessOnlyCookiesAreWanted() {
        try (App usual = app().start();
                App strict = app().tracking(SessionTrackingMode.COOKIE).start()) {
            assertTrue(hasSessionByUrl(usual));
            assertFalse(hasSessionByUrl(strict));
        }
    }

    private static boolean hasSessionByUrl(App app) {
        try (Browser fresh = Browser.open()) {
            fresh.navigate(app.url("/?do=session"));
            String address = app.url("/x;jsessionid=" + fresh.cookies().get("JSESSIONID"));
            return Browser.withoutCookies().navigate(address).seen().hasSession();
        }
    }

    @Test
    void sessionsAreFollowedThroughTheirRenaming() {
        Filter renaming = (request, response, chain) -> {
            if (((HttpServletRequest) request).getSession(false) != null) {
                ((HttpServletRequest) request).changeSessionId();
            }
            chain.doFilter(request, response);
        };
        try (App app = app().filter(renaming).start()) {
            browser.navigate(app.url("/?do=session&name=colour"));
            String before = browser.cookies().get("JSESSIONID");
            browser.navigate(app.url("/"));
            assertEquals(1, app.sessions().renamed());
            assertFalse(app.sessions().has(before));
            assertEquals(Set.of("colour"), app.sessions().attributeNames(browser));
        }
    }

    @Test
    void paramsReachTheFilterAndItsContext() {
        Filter curious = new Filter() {
            @Override
            public void init(FilterConfig config) throws ServletException {
                throw new ServletException(config.getFilterName()
                        + " "
                        + config.getInitParameter("a")
                        + " "
                        + config.getServletContext().getInitParameter("b"));
            }

            @Override
            public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
                throw new IllegalStateException();
            }
        };
        ServletException failure = app().filter(curious)
                .filterName("one")
                .filterParam("a", "1")
                .contextParam("b", "2")
                .startFailing();
        assertEquals("one 1 2", failure.getMessage());
        assertThrows(AssertionError.class, () -> app().startFailing());
    }

    @Test
    void dispatchesCanBeAskedFor() {
        try (App app = app().errorPage("/oops").start()) {
            assertEquals("ASYNC", seen(app, "/?do=async-dispatch").dispatcherType());
            assertEquals("/x", seen(app, "/x?do=async-thread").requestUri());
            assertEquals("FORWARD", seen(app, "/?do=forward&to=/elsewhere").dispatcherType());
            Page error = browser.navigate(app.url("/?do=error"));
            assertEquals(418, error.status());
            assertEquals("ERROR", error.seen().dispatcherType());
            assertEquals(500, browser.navigate(app.url("/?do=throw")).status());
        }
    }

    private Seen seen(App app, String path) {
        return browser.navigate(app.url(path)).seen();
    }

    @Test
    void mappingsAndDispatchesOfTheFilterCanBeNarrowed() {
        Filter closed = (request, response, chain) -> ((HttpServletResponse) response).sendError(403);
        try (App app = app().filter(closed)
                .mapping("/in/*")
                .dispatches(DispatcherType.REQUEST)
                .start()) {
            assertEquals(403, browser.navigate(app.url("/in/x")).status());
            assertEquals(200, browser.navigate(app.url("/out")).status());
        }
    }

    @Test
    void filesAndWelcomePageAreServed() {
        try (App app = app().probeAt("/probe/*").file("index.html", "<p>hello").start()) {
            assertEquals("<p>hello", browser.navigate(app.url("/")).body());
            assertEquals("<p>hello", browser.navigate(app.url("/index.html")).body());
            assertEquals(200, browser.navigate(app.url("/probe/x")).status());
            assertEquals(404, browser.navigate(app.url("/none")).status());
        }
    }

    @Test
    void lenientContainerTakesEncodedSlashes() {
        try (App strict = app().start();
                App lenient = app().lenientPaths().start()) {
            assertEquals(400, browser.navigate(strict.url("/a%2fb")).status());
            assertEquals(200, browser.navigate(lenient.url("/a%2fb")).status());
        }
    }

    @Test
    void sessionCookieCanBeStrict() {
        try (App app = app().sameSite("Strict").sessionCookie("ID").start()) {
            Page page = browser.navigate(app.url("/?do=session"));
            assertEquals("ID", page.cookiesSet().get(0).name());
            assertEquals("Strict", page.cookiesSet().get(0).get("SameSite"));
        }
    }

    @Test
    void rawBytesReachTheContainer() {
        try (App app = app().start()) {
            RawHttp raw = RawHttp.to(app.port());
            assertEquals(200, raw.get("/x;y=z").status());
            assertEquals("/x;y=z", raw.get("/x;y=z").seen().requestUri());
            assertEquals(
                    400, raw.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status());
            Page evil = browser.navigate(app.url("//evil.example/x"));
            assertTrue(evil.status() == 400 || evil.seen().requestUri().equals("//evil.example/x"));
        }
    }

    @Test
    void applicationWithoutSessionsIsForJetty() throws IOException {
        if (container == Container.JETTY) {
            try (App app = app().withoutSessions().start()) {
                assertEquals(500, browser.navigate(app.url("/?do=session")).status());
            }
        } else {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> app().withoutSessions().start());
        }
    }
}
