package io.github.pkceauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.pkceauth.config.ConfigurationException;
import io.github.pkceauth.testkit.Logs;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PkceAuthFilterTest {

    private static final Map<String, String> MINIMAL =
            Map.of("issuer", "https://login.example.com", "clientId", "the-client");

    private final ServletContext context = FilterDeploymentTest.context();
    private final PkceAuthFilter filter = new PkceAuthFilter();
    private final HttpServletRequest request = request();
    private final HttpServletResponse response = response();
    private final FilterChain chain = mock(FilterChain.class);
    private final Logs logs = Logs.open();

    @AfterEach
    void listenNoLonger() {
        logs.close();
    }

    @Test
    void whatIsThrownAtTheStartIsWhatIsLoggedAsAnError() {
        ServletException thrown = assertThrows(
                ServletException.class, () -> filter.init(config("login", Map.of("clientId", "{0} 'it''s'"))));

        assertEquals("""
                PkceAuthFilter 'login' does not start, because of 1 problem in its configuration:
                  1. issuer is missing: write the provider's issuer identifier, for example https://login.example.com/""", thrown.getMessage());
        assertInstanceOf(ConfigurationException.class, thrown.getCause());
        List<Logs.Entry> errors = logs.atLeast(Level.SEVERE);
        assertEquals(1, errors.size(), errors::toString);
        assertEquals(thrown.getMessage(), errors.get(0).message());
    }

    @Test
    void aMessageWithBracesIsLoggedAsItIs() {
        ServletException thrown = assertThrows(
                ServletException.class,
                () -> filter.init(config("lo{0}gin", Map.of("issuer", "it's {0}", "clientId", "x"))));

        assertEquals(thrown.getMessage(), logs.atLeast(Level.SEVERE).get(0).message());
    }

    @Test
    void oneLineAtTheStartNamesTheSourceOfEveryParameter() throws Exception {
        filter.init(config("login", MINIMAL));

        List<Logs.Entry> entries = logs.atLeast(Level.INFO);
        assertEquals(1, entries.size(), entries::toString);
        assertEquals(Level.INFO, entries.get(0).level());
        assertEquals(
                "PkceAuthFilter 'login': issuer from init-param issuer, clientId from init-param clientId",
                entries.get(0).message());
    }

    @Test
    void aFilterThatWasNeverInitialisedLetsNothingPass() {
        ServletException thrown = assertThrows(ServletException.class, () -> filter.doFilter(request, response, chain));

        assertEquals("PkceAuthFilter has not been initialised", thrown.getMessage());
        verifyNoInteractions(chain);
    }

    @Test
    void aFilterWhoseConfigurationIsWrongLetsNothingPass() {
        assertThrows(ServletException.class, () -> filter.init(config("login", Map.of())));

        assertThrows(ServletException.class, () -> filter.doFilter(request, response, chain));
        verifyNoInteractions(chain);
    }

    @Test
    void aFilterThatWasDestroyedLetsNothingPass() throws Exception {
        filter.init(config("login", MINIMAL));
        filter.destroy();

        assertThrows(ServletException.class, () -> filter.doFilter(request, response, chain));
        verifyNoInteractions(chain);
    }

    @Test
    void requestsThatAreNotHttpAreRefused() throws Exception {
        filter.init(config("login", MINIMAL));

        for (Runnable each : List.<Runnable>of(
                () -> refuses(mock(ServletRequest.class), response),
                () -> refuses(request, mock(ServletResponse.class)))) {
            each.run();
        }
        verifyNoInteractions(chain);
    }

    @Test
    void aRequestThatNeedsALoginDoesNotReachTheApplication() throws Exception {
        filter.init(config("login", MINIMAL));

        filter.doFilter(request, response, chain);

        verify(response).setStatus(401);
        verifyNoInteractions(chain);
    }

    @Test
    void aRequestForAPublicPageReachesTheApplication() throws Exception {
        filter.init(config(
                "login",
                Map.of("issuer", "https://login.example.com", "clientId", "the-client", "publicPaths", "/page")));

        filter.doFilter(request, response, chain);

        verify(chain).doFilter(any(HttpServletRequest.class), any());
    }

    @Test
    void anExceptionOfTheApplicationComesThroughAsItIs() throws Exception {
        filter.init(config(
                "login",
                Map.of("issuer", "https://login.example.com", "clientId", "the-client", "publicPaths", "/page")));
        IllegalStateException own = new IllegalStateException("of the application");
        doAnswer(call -> {
                    throw own;
                })
                .when(chain)
                .doFilter(any(), any());

        assertEquals(own, assertThrows(IllegalStateException.class, () -> filter.doFilter(request, response, chain)));
    }

    @Test
    void twoFiltersWithoutANameAreAMistake() throws Exception {
        filter.init(config("io.github.pkceauth.PkceAuthFilter-1a2b3c", MINIMAL));

        String message = assertThrows(
                        ServletException.class,
                        () -> new PkceAuthFilter().init(config("io.github.pkceauth.PkceAuthFilter-4d5e6f", MINIMAL)))
                .getMessage();

        assertTrue(
                message.endsWith("1. another PkceAuthFilter of this application is named 'pkce' as well, or has no name"
                        + " either: give each a name of its own"),
                message);
    }

    @Test
    void twoFiltersWithNamesOfTheirOwnAreFine() throws Exception {
        filter.init(config("login", MINIMAL));

        new PkceAuthFilter().init(config("admin", MINIMAL));
    }

    @Test
    void aFilterThatIsDestroyedGivesItsNameFree() throws Exception {
        filter.init(config("login", MINIMAL));
        filter.destroy();

        new PkceAuthFilter().init(config("login", MINIMAL));
    }

    @Test
    void aFilterThatDoesNotStartTakesAndReleasesNoName() throws Exception {
        PkceAuthFilter broken = new PkceAuthFilter();
        assertThrows(ServletException.class, () -> broken.init(config("login", Map.of())));
        filter.init(config("login", MINIMAL));

        broken.destroy();

        assertThrows(ServletException.class, () -> new PkceAuthFilter().init(config("login", MINIMAL)));
    }

    @Test
    void nothingIsLoggedOfASecret() throws Exception {
        filter.init(config(
                "login",
                Map.of(
                        "issuer",
                        "https://login.example.com",
                        "clientId",
                        "the-client",
                        "clientSecret",
                        "s3cr3t-value")));

        assertFalse(logs.text().contains("s3cr3t-value"), logs.text());
    }

    private void refuses(ServletRequest any, ServletResponse answer) {
        ServletException thrown = assertThrows(ServletException.class, () -> filter.doFilter(any, answer, chain));
        assertEquals("not an HTTP request", thrown.getMessage());
    }

    private FilterConfig config(String name, Map<String, String> params) {
        FilterConfig config = FilterDeploymentTest.filterConfig(name, context);
        doAnswer(call -> Collections.enumeration(params.keySet())).when(config).getInitParameterNames();
        doAnswer(call -> params.get(call.<String>getArgument(0))).when(config).getInitParameter(anyString());
        return config;
    }

    private static HttpServletRequest request() {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
        when(request.getMethod()).thenReturn("GET");
        when(request.getScheme()).thenReturn("https");
        when(request.getServerName()).thenReturn("app.example");
        when(request.getServerPort()).thenReturn(443);
        when(request.getContextPath()).thenReturn("");
        when(request.getServletPath()).thenReturn("/page");
        when(request.getRequestURI()).thenReturn("/page");
        return request;
    }

    private static HttpServletResponse response() {
        HttpServletResponse response = mock(HttpServletResponse.class);
        try {
            doReturn(mock(ServletOutputStream.class)).when(response).getOutputStream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return response;
    }
}
