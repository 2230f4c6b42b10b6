package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.FailureAttributes;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import jakarta.servlet.ServletException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the filter's own answers look: headers, pages, problem documents, log lines, and nothing secret. */
class AnswersTest {
    private static final Pattern REFERENCE = Pattern.compile("Reference: <code>([a-z0-9]+)</code>");

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final Browser browser = stage.browser();

    // Headers

    @Test
    void theStyleOfTheBuiltInPagesIsTheOneThatThePolicyAllows() throws Exception {
        Page page = failure();
        Matcher style = Pattern.compile("(?s)<style>(.*?)</style>").matcher(page.body());
        assertTrue(style.find(), page::body);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));

        assertTrue(page.header("Content-Security-Policy")
                .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'"));
    }

    // Pages and problem documents

    @Test
    void aFailureIsAPageForWhoTakesPages() {
        Page page = failure();

        assertEquals(403, page.status());
        assertEquals("text/html;charset=utf-8", page.header("Content-Type").toLowerCase(Locale.ROOT));
        assertTrue(page.body().contains("The sign-in was cancelled or refused."), page::body);
        assertTrue(page.body().contains("<code>access_denied</code>"), page::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/problem+json", ""})
    void aFailureIsAProblemDocumentForWhoDoesNotTakePages(String accept) {
        App app = stage.app();

        Page page = browser.request(app.url("/callback?state=x.again"))
                .header("Accept", accept)
                .send();

        assertEquals(400, page.status());
        assertEquals("application/problem+json", page.header("Content-Type"));
        assertEquals("login_not_found", page.json().get("code"));
        assertEquals(400, ((Number) page.json().get("status")).intValue());
        assertTrue(page.json().get("title") instanceof String, page::toString);
    }

    @Test
    void aUserWhoCancelsGetsAPageAndAWayBack() {
        App app = stage.app();
        provider.authorization().answersError("access_denied", "The user has cancelled.");

        Page page = callback(stage, app);

        assertTrue(page.body().contains("The user has cancelled."), page::body);
        assertTrue(page.body().contains("href=\"" + app.url("/login?returnTo=%2Freports%3Fa%3Db") + "\""), page::body);
    }

    @Test
    void aProviderThatIsDownIsToldWithATimeToTryAgain() {
        App app = stage.app();
        provider.everywhere().resets();

        Page page = browser.navigate(app.url("/reports"));

        assertEquals(503, page.status());
        assertEquals("5", page.header("Retry-After"));
        assertTrue(page.body().contains("provider_unreachable"), page::body);
    }

    /** What anybody can cause is no alarm; what the operator has to look at is one. */
    @Test
    void whatTheOperatorHasToLookAtIsAWarningAndNothingElse() {
        App app = stage.app();
        stage.logs().clear();
        browser.navigateFully(app.url("/callback?code=x&state=y.again"));
        provider.authorization().answersError("access_denied", "no");
        browser.navigateFully(app.url("/reports"));
        provider.behaves();
        assertEquals(List.of(), stage.logs().atLeast(Level.WARNING));
        assertEquals(2, stage.logs().atLeast(Level.INFO).size(), stage.logs()::text);

        provider.token().withStatus(500);
        browser.navigateFully(app.url("/reports"));

        assertEquals(1, stage.logs().atLeast(Level.WARNING).size(), stage.logs()::text);
    }

    @Test
    void aProviderThatIsDownDoesNotDisturbWhoIsSignedIn() {
        App app = stage.app();
        Browser signedIn = stage.signedIn(app);
        provider.everywhere().resets();

        assertEquals("alice", signedIn.navigate(app.url("/reports")).seen().remoteUser());
    }

    // References and log lines

    @Test
    void theReferenceInThePageStandsInOneLineOfTheLog() {
        String reference = referenceIn(failure());

        assertEquals(1, linesWith(reference).size(), stage.logs()::text);
    }

    @Test
    void theReferenceInTheProblemDocumentStandsInOneLineOfTheLog() {
        App app = stage.app();

        Page page = browser.request(app.url("/callback?state=x.again")).send();

        assertEquals(1, linesWith((String) page.json().get("reference")).size(), stage.logs()::text);
    }

    @Test
    void everyFailureHasItsOwnReference() {
        App app = stage.app();
        Set<Object> references = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            references.add(
                    browser.fetch(app.url("/callback?state=x.again")).json().get("reference"));
        }

        assertEquals(20, references.size());
    }

    @ParameterizedTest
    @EnumSource
    void theLogLineNamesTheCodeTheMethodAndThePath(Container container) {
        App app = stage.start(App.on(container));
        provider.authorization().answersError("access_denied", "no");

        String reference = referenceIn(callback(stage, app));

        String line = linesWith(reference).get(0).message();
        assertTrue(line.startsWith("access_denied [" + reference + "] "), line);
        assertTrue(line.endsWith("(GET /callback)"), line);
    }

    @Test
    void whatTheProviderSaysCannotForgeALogLine() {
        provider.authorization().answersError("access_denied", "no\r\nSEVERE: forged\u2028forged\u0085forged");

        callback(stage, stage.app());

        assertFalse(stage.logs().entries().stream()
                .anyMatch(entry -> entry.message().matches("(?s).*[\\r\\n\\u2028\\u0085].*")));
    }

    @Test
    void anExpectedFailureIsNoStackTraceInTheLog() {
        failure();

        assertTrue(stage.logs().atLeast(Level.INFO).stream()
                .allMatch(entry -> entry.stackTrace().isEmpty()));
    }

    // The application's own error page

    @ParameterizedTest
    @EnumSource
    void theErrorPageOfTheApplicationGetsTheFailuresAttributes(Container container) {
        App app = stage.start(withErrorPage(container));
        provider.authorization().answersError("access_denied", "<no>");

        Page page = callback(stage, app);

        assertEquals(403, page.status());
        List<String> lines = page.body().lines().toList();
        assertEquals("access_denied", lines.get(0));
        assertEquals("403", lines.get(1));
        assertEquals("The sign-in was cancelled or refused.", lines.get(2));
        assertEquals("access_denied: <no>", lines.get(3));
        assertEquals(1, linesWith(lines.get(4)).size(), stage.logs()::text);
        assertEquals(app.url("/login?returnTo=%2Freports%3Fa%3Db"), lines.get(5));
    }

    @Test
    void aFailureThatIsNotTheProvidersAnswerHasNoWordsOfTheProviders() {
        App app = stage.start(withErrorPage(Container.JETTY));

        Page page = browser.navigate(app.url("/callback?state=x.again"));

        assertEquals("null", page.body().lines().toList().get(3));
        assertEquals(app.url("/"), page.body().lines().toList().get(5));
    }

    @ParameterizedTest
    @EnumSource
    void theErrorPageOfTheApplicationMayLoadWhatItLikes(Container container) {
        App app = stage.start(withErrorPage(container));

        Page page = browser.navigate(app.url("/callback?state=x.again"));

        assertFalse(page.headers().has("Content-Security-Policy"), page::toString);
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals("no-referrer", page.header("Referrer-Policy"));
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
    }

    @Test
    void theErrorPageIsNotForWhoTakesNoPages() {
        App app = stage.start(withErrorPage(Container.JETTY));

        Page page = browser.fetch(app.url("/callback?state=x.again"));

        assertEquals("application/problem+json", page.header("Content-Type"));
    }

    /** Error pages that are of no use. */
    static Stream<Named<Handmade.Deed>> brokenPages() {
        return Stream.of(
                Named.of("throws", (request, response) -> {
                    throw new ServletException("broken");
                }),
                Named.of("throws unchecked", (request, response) -> {
                    throw new IllegalStateException("broken");
                }),
                Named.of("throws after writing text", (request, response) -> {
                    response.setContentType("text/plain");
                    response.getWriter().print("half of it");
                    throw new ServletException("broken");
                }),
                Named.of("throws after writing bytes", (request, response) -> {
                    response.getOutputStream().print("half of it");
                    throw new ServletException("broken");
                }));
    }

    @ParameterizedTest
    @MethodSource("brokenPages")
    void theBuiltInPageStandsInForABrokenErrorPageOnJetty(Handmade.Deed broken) {
        assertBuiltInPage(
                stage.start(App.jetty().filterParam("errorPage", "/oops").servlet("/oops", Handmade.does(broken))));
    }

    @ParameterizedTest
    @MethodSource("brokenPages")
    void theBuiltInPageStandsInForABrokenErrorPageOnTomcat(Handmade.Deed broken) {
        assertBuiltInPage(
                stage.start(App.tomcat().filterParam("errorPage", "/oops").servlet("/oops", Handmade.does(broken))));
    }

    @ParameterizedTest
    @EnumSource
    void theBuiltInPageStandsInForAnErrorPageThatDoesNotExist(Container container) {
        assertBuiltInPage(stage.start(App.on(container)
                .filterParam("errorPage", "/nowhere.html")
                .probeAt("/probe")
                .file("index.html", "<p>Home</p>")));
        assertTrue(stage.logs().text().contains("there is no such page"), stage.logs()::text);
    }

    @ParameterizedTest
    @EnumSource
    void theErrorPageOfTheApplicationMayBeAFile(Container container) {
        App app = stage.start(App.on(container)
                .filterParam("errorPage", "/oops.html")
                .probeAt("/probe")
                .file("oops.html", "<p>Oops</p>"));

        Page page = browser.navigate(app.url("/callback?state=x.again"));

        assertEquals(400, page.status());
        assertEquals("<p>Oops</p>", page.body());
    }

    /** To have it shown as the application shows all its errors. */
    @ParameterizedTest
    @EnumSource
    void theErrorPageOfTheApplicationMaySendAnError(Container container) {
        App app = stage.start(App.on(container)
                .filterParam("errorPage", "/oops")
                .servlet("/oops", Handmade.does((request, response) -> response.sendError(400)))
                .servlet("/all-errors", Handmade.says(request -> "all errors"))
                .errorPage("/all-errors"));

        Page page = browser.navigate(app.url("/callback?state=x.again"));

        assertEquals(400, page.status());
        assertEquals("all errors", page.body());
    }

    private void assertBuiltInPage(App app) {
        Page page = browser.navigate(app.url("/callback?state=x.again"));

        assertEquals(400, page.status());
        assertTrue(page.body().contains("<code>login_not_found</code>"), page::toString);
        assertFalse(page.body().contains("half of it"), page::toString);
        assertTrue(page.header("Content-Security-Policy").startsWith("default-src 'none'"), page::toString);
    }

    private Page failure() {
        provider.authorization().answersError("access_denied", "no");
        return callback(stage, stage.app());
    }

    private static Page callback(Stage stage, App app) {
        Browser browser = stage.browser();
        return browser.follow(browser.follow(browser.navigate(app.url("/reports?a=b"))));
    }

    private static AppBuilder withErrorPage(Container container) {
        return App.on(container)
                .filterParam("errorPage", "/oops")
                .servlet(
                        "/oops",
                        Handmade.says(request -> request.getAttribute(FailureAttributes.CODE) + "\n"
                                + request.getAttribute(FailureAttributes.STATUS) + "\n"
                                + request.getAttribute(FailureAttributes.EXPLANATION) + "\n"
                                + request.getAttribute(FailureAttributes.PROVIDER_MESSAGE) + "\n"
                                + request.getAttribute(FailureAttributes.REFERENCE) + "\n"
                                + request.getAttribute(FailureAttributes.RETRY)));
    }

    private static String referenceIn(Page page) {
        Matcher reference = REFERENCE.matcher(page.body());
        assertTrue(reference.find(), page::body);
        return reference.group(1);
    }

    private List<Logs.Entry> linesWith(String reference) {
        return stage.logs().atLeast(Level.INFO).stream()
                .filter(entry -> entry.message().contains("[" + reference + "]"))
                .toList();
    }
}
