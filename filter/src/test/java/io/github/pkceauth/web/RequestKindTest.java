package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKindTest {

    private static final String PAGE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";

    @ParameterizedTest
    @CsvSource({
        // method, Sec-Fetch-Dest, Sec-Fetch-Mode, kind
        "GET, document, navigate, NAVIGATION",
        "GET, document, , NAVIGATION",
        "GET, , navigate, NAVIGATION",
        "POST, document, navigate, FORM",
        "HEAD, document, navigate, OTHER",
        "PUT, document, navigate, OTHER",
        "DELETE, document, navigate, OTHER",
        "OPTIONS, document, navigate, OTHER",
        "GET, iframe, navigate, OTHER",
        "GET, frame, navigate, OTHER",
        "GET, embed, navigate, OTHER",
        "GET, empty, cors, OTHER",
        "GET, empty, same-origin, OTHER",
        "GET, image, no-cors, OTHER",
        "GET, script, no-cors, OTHER",
        "GET, document, cors, OTHER",
        "GET, websocket, websocket, OTHER",
        "POST, empty, cors, OTHER"
    })
    void fetchMetadataDecidesWhereTheBrowserSendsIt(String method, String destination, String mode, RequestKind kind) {
        Requests request = Requests.of(method).header("Accept", PAGE);
        if (destination != null) {
            request.header("Sec-Fetch-Dest", destination);
        }
        if (mode != null) {
            request.header("Sec-Fetch-Mode", mode);
        }

        assertEquals(kind, RequestKind.of(request.request()));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, text/html, NAVIGATION",
        "GET, 'TEXT/HTML;q=0.1', NAVIGATION",
        "POST, text/html, FORM",
        "HEAD, text/html, OTHER",
        "GET, */*, OTHER",
        "GET, application/json, OTHER",
        "GET, , OTHER"
    })
    void withoutFetchMetadataTheAcceptedTypesDecide(String method, String accept, RequestKind kind) {
        Requests request = Requests.of(method);
        if (accept != null) {
            request.header("Accept", accept);
        }

        assertEquals(kind, RequestKind.of(request.request()));
    }

    @Test
    void aScriptThatSaysSoIsNoNavigation() {
        assertEquals(
                RequestKind.OTHER,
                RequestKind.of(Requests.of("GET")
                        .header("Accept", PAGE)
                        .header("X-Requested-With", "XMLHttpRequest")
                        .request()));
    }

    @Test
    void aTruePreflightIsOneWhateverElseItSays() {
        assertTrue(RequestKind.isPreflight(Requests.of("OPTIONS")
                .header("Origin", "https://other.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Sec-Purpose", "prefetch")
                .request()));
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIONS, https://other.example, ",
        "OPTIONS, , POST",
        "OPTIONS, , ",
        "GET, https://other.example, POST",
        "options, https://other.example, POST"
    })
    void whatLacksAPartOfAPreflightIsNone(String method, String origin, String asked) {
        Requests request = Requests.of(method);
        if (origin != null) {
            request.header("Origin", origin);
        }
        if (asked != null) {
            request.header("Access-Control-Request-Method", asked);
        }

        assertFalse(RequestKind.isPreflight(request.request()));
        assertEquals(RequestKind.OTHER, RequestKind.of(request.request()));
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Purpose, prefetch",
        "Sec-Purpose, prefetch;prerender",
        "Sec-Purpose, prefetch;anonymous-client-ip",
        "Sec-Purpose, prerender",
        "Purpose, prefetch",
        "Purpose, Prefetch"
    })
    void aPageThatIsFetchedAheadIsNoNavigation(String header, String value) {
        Requests request = Requests.of("GET")
                .header("Accept", PAGE)
                .header("Sec-Fetch-Dest", "document")
                .header("Sec-Fetch-Mode", "navigate")
                .header(header, value);

        assertTrue(RequestKind.isPrefetch(request.request()));
        assertEquals(RequestKind.PREFETCH, RequestKind.of(request.request()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER abc"})
    void anApiClientWithItsOwnTokenIsNeverRedirected(String authorization) {
        assertEquals(
                RequestKind.OTHER,
                RequestKind.of(Requests.of("GET")
                        .header("Accept", PAGE)
                        .header("Authorization", authorization)
                        .request()));
    }

    @ParameterizedTest
    @CsvSource({"websocket, OTHER", "WebSocket, OTHER", "h2c, NAVIGATION", "'H2C, HTTP/2.0', NAVIGATION"})
    void anUpgradeToAnythingButHttpIsNoNavigation(String upgrade, RequestKind kind) {
        assertEquals(
                kind,
                RequestKind.of(Requests.of("GET")
                        .header("Accept", PAGE)
                        .header("Upgrade", upgrade)
                        .request()));
    }
}
