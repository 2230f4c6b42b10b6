package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.BrowserRequest;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Scripts that load parts of pages: a button of theirs is not dead after the session has ended. */
@ParameterizedClass
@EnumSource(Container.class)
class DialectsTest {
    private static final String HTMX_REDIRECT = "HX-Redirect";

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final Browser browser = stage.browser();

    @Parameter
    private Container container;

    private App app;

    @BeforeEach
    void start() {
        app = stage.start(App.on(container).contextPath("/app"));
    }

    // Jakarta Faces

    @Test
    void aPartialRequestOfFacesIsAnsweredByAPartialResponseThatLeadsToTheLogin() throws Exception {
        Page page = faces("/orders.xhtml").send();

        assertEquals(200, page.status());
        assertTrue(page.header("Content-Type").startsWith("text/xml"), page::toString);
        assertEquals(app.url("/login?returnTo=%2Forders.xhtml%3Fyear%3D2026%26q%3Da%2520b"), redirectIn(page));
    }

    @Test
    void afterTheLoginTheUserOfFacesIsBackOnThePage() throws Exception {
        Page page = browser.navigateFully(redirectIn(faces("/orders.xhtml").send()));

        assertEquals(app.url("/orders.xhtml?year=2026&q=a%20b"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
        assertEquals("GET", page.seen().method());
    }

    @Test
    void noSessionNoCookieAndNoCallComesOfAPartialRequest() {
        assertNothingLeft(faces("/orders.xhtml").send());
    }

    /** What the address of a page holds comes into the document escaped. */
    @Test
    void theAddressInThePartialResponseIsEscaped() throws Exception {
        Page page = faces("/orders.xhtml")
                .header("Referer", app.url("/a&b'c\"/%3Cx%3E?<y>]]>"))
                .send();

        assertTrue(redirectIn(page).startsWith(app.url("/login?returnTo=")), page::body);
        assertFalse(page.body().contains("<y>"), page::body);
    }

    @Test
    void aPartialRequestOfASignedInUserReachesTheApplication() {
        browser.navigateFully(app.url("/orders.xhtml"));

        Page page = faces("/orders.xhtml").send();

        assertEquals("alice", page.seen().remoteUser());
        assertEquals("POST", page.seen().method());
    }

    // htmx

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH"})
    void htmxIsToldToGoToTheLogin(String method) {
        Page page = htmx("/fragment", "/orders?year=2026").method(method).send();

        assertEquals(401, page.status());
        assertEquals(app.url("/login?returnTo=%2Forders%3Fyear%3D2026"), page.header(HTMX_REDIRECT));
        assertEquals("login_required", page.json().get("code"));
        assertFalse(page.headers().has("Location"), page::toString);
    }

    @Test
    void afterTheLoginTheUserOfHtmxIsBackOnThePage() {
        Page page = browser.navigateFully(
                htmx("/fragment", "/orders?year=2026").send().header(HTMX_REDIRECT));

        assertEquals(app.url("/orders?year=2026"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
    }

    @Test
    void noSessionNoCookieAndNoCallComesOfARequestOfHtmx() {
        assertNothingLeft(htmx("/fragment", "/orders").send());
    }

    /** A link that htmx follows in the browser's place is one that the user has clicked. */
    @Test
    void aBoostedLinkOfHtmxLeadsWhereItPoints() {
        Page page = htmx("/reports?month=11", "/orders")
                .header("HX-Boosted", "true")
                .send();

        assertEquals(app.url("/login?returnTo=%2Freports%3Fmonth%3D11"), page.header(HTMX_REDIRECT));
    }

    @Test
    void aBoostedFormOfHtmxLeadsBackToItsPage() {
        Page page = htmx("/orders/new", "/orders")
                .header("HX-Boosted", "true")
                .form(Parameters.none())
                .send();

        assertEquals(app.url("/login?returnTo=%2Forders"), page.header(HTMX_REDIRECT));
    }

    /** Any script can send the header; it never leads out of the application. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/orders",
                "//evil.example/orders",
                "http://localhost.evil.example/app/orders",
                "javascript:alert(1)",
                "not an address",
                ""
            })
    void aCurrentPageElsewhereIsNone(String current) {
        Page page = browser.request(app.url("/fragment"))
                .header("HX-Request", "true")
                .header("HX-Current-URL", current)
                .send();

        assertEquals(app.url("/login?returnTo=%2F"), page.header(HTMX_REDIRECT));
    }

    @Test
    void withoutACurrentPageItIsTheReferers() {
        Page page = browser.request(app.url("/fragment"))
                .header("HX-Request", "true")
                .header("Referer", app.url("/orders"))
                .send();

        assertEquals(app.url("/login?returnTo=%2Forders"), page.header(HTMX_REDIRECT));
    }

    @Test
    void htmxThatCallsTheLoginItselfIsSentThereByTheBrowser() {
        Page page = htmx("/login?returnTo=/reports", "/orders").send();

        assertEquals(401, page.status());
        assertEquals(app.url("/login?returnTo=%2Freports"), page.header(HTMX_REDIRECT));
    }

    @Test
    void htmxThatCallsTheLoginOfASignedInUserGoesStraightOn() {
        browser.navigateFully(app.url("/orders"));

        Page page = htmx("/login?returnTo=/reports", "/orders").send();

        assertEquals(200, page.status());
        assertEquals(app.url("/reports"), page.header(HTMX_REDIRECT));
    }

    /** A script's call that is redirected to the provider would fail there, with the user signed in still. */
    @Test
    void aSignOutByHtmxGoesOnToTheProvider() {
        browser.navigateFully(app.url("/orders"));

        Page page = htmx("/logout", "/orders").method("POST").send();
        Page end = browser.navigateFully(page.header(HTMX_REDIRECT));

        assertEquals(200, page.status());
        assertTrue(page.header(HTMX_REDIRECT).startsWith(provider.address(ScriptedProvider.LOGOUT)), page::toString);
        assertEquals(app.url("/"), end.url().toString());
        assertEquals(401, browser.fetch(app.url("/orders")).status());
    }

    // All others

    @ParameterizedTest
    @CsvSource({
        "Faces-Request, partial/process",
        "HX-Request, false",
        "X-Requested-With, XMLHttpRequest",
        "Turbo-Frame, orders",
        "X-PJAX, true"
    })
    void otherScriptsAreToldThatALoginIsNeeded(String name, String value) {
        Page page = browser.request(app.url("/fragment"))
                .header("Accept", "*/*")
                .header(name, value)
                .send();

        assertEquals(401, page.status());
        assertEquals("login_required", page.json().get("code"));
        assertFalse(page.headers().has(HTMX_REDIRECT), page::toString);
        assertNothingLeft(page);
    }

    @ParameterizedTest
    @CsvSource({"Faces-Request, partial/ajax", "HX-Request, true"})
    void anApiClientIsToldThatALoginIsNeededWhateverElseItSays(String name, String value) {
        Page page = browser.request(app.url("/fragment"))
                .header("Authorization", "Bearer a-token")
                .header(name, value)
                .send();

        assertEquals(401, page.status());
        assertEquals("Bearer", page.header("WWW-Authenticate"));
        assertFalse(page.headers().has(HTMX_REDIRECT), page::toString);
    }

    /** Each as its script sends it, and with types that would pass for a page without the script's own header. */
    private BrowserRequest faces(String path) {
        return browser.request(app.url(path))
                .header("Accept", "text/html,*/*")
                .header("Faces-Request", "partial/ajax")
                .header("Origin", "http://localhost:" + app.port())
                .header("Referer", app.url(path + "?year=2026&q=a%20b"))
                .form(Parameters.none().with("jakarta.faces.partial.ajax", "true"));
    }

    private BrowserRequest htmx(String path, String current) {
        return browser.request(app.url(path))
                .header("Accept", "text/html,*/*")
                .header("HX-Request", "true")
                .header("HX-Current-URL", app.url(current))
                .header("Referer", app.url(current));
    }

    private void assertNothingLeft(Page page) {
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
        assertEquals(0, app.sessions().created());
        assertEquals(0, app.probe().calls());
        assertEquals(0, provider.requests().size());
    }

    /** As the script of Faces reads it. */
    private static String redirectIn(Page page) throws Exception {
        Element document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(page.body().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertEquals("partial-response", document.getTagName());
        return ((Element) document.getElementsByTagName("redirect").item(0)).getAttribute("url");
    }
}
