package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.BrowserRequest;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Url;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that ask for more than a login (RFC 9470): their users get there by way of the provider, or not at all. */
@ParameterizedClass
@EnumSource(Container.class)
class StepUpTest {

    private static final String RULES = "/payments/* acr=gold max_age=300; /fresh/* max_age=0; /gold/* acr=gold";
    private static final String CHALLENGE =
            "Bearer error=\"insufficient_user_authentication\", acr_values=\"gold\", max_age=\"300\"";
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");
    private static final Pattern FACES_REDIRECT = Pattern.compile("<redirect url=\"([^\"]*)\"/>");

    @Parameter
    private Container container;

    private Scene scene;
    private Browser browser;

    @BeforeEach
    void openScene() {
        open(app -> app);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void open(UnaryOperator<AppBuilder> more) {
        ScriptedProvider provider = ScriptedProvider.start().withAcrs("silver", "gold");
        scene = Scene.clocked(
                container,
                provider,
                app -> more.apply(app.filterParam("stepUp", RULES)
                        .filterParam("publicPaths", "/public/* /payments/prices")
                        .filterParam("loginTimeout", "PT1M")
                        .lenientPaths()));
        browser = scene.browser();
    }

    private void reopen(UnaryOperator<AppBuilder> more) {
        scene.close();
        open(more);
    }

    private int authorizations() {
        return scene.provider.calls(ScriptedProvider.AUTHORIZE);
    }

    /** The user who was signed in before is signed in still, as weakly as before. */
    private void assertOldLoginAlive() {
        scene.assertSignedIn(browser.navigate(scene.url("/home")));
        assertEquals(401, browser.fetch(scene.url("/gold/api")).status());
    }

    // There and back

    @Test
    void whoIsSignedInTooWeaklyIsSentToTheProviderAndBackInTheSameSession() {
        scene.signedIn();
        String id = scene.app.sessions().of(browser).getId();
        int renamed = scene.app.sessions().renamed();

        Page begun = scene.begin("/payments/7?x=%20y");
        Page page = browser.followFully(begun);

        assertEquals("gold", Scene.asked(begun).get("acr_values"));
        assertEquals("300", Scene.asked(begun).get("max_age"));
        assertEquals(scene.url("/payments/7?x=%20y"), page.url().toString());
        scene.assertSignedIn(page);
        assertEquals(id, scene.app.sessions().of(browser).getId());
        assertEquals(renamed, scene.app.sessions().renamed());
    }

    @Test
    void afterwardsThePageIsThereForPagesAndScripts() {
        scene.signedIn();
        scene.logIn("/payments/7");
        int before = authorizations();

        scene.assertSignedIn(browser.navigate(scene.url("/payments/8")));
        scene.assertSignedIn(browser.fetch(scene.url("/payments/api")));
        assertEquals(before, authorizations());
    }

    @Test
    void whoIsNotSignedInSignsInOnceAndAsThePageAsks() {
        Page page = scene.logIn("/payments/7");

        scene.assertSignedIn(page);
        assertEquals(1, authorizations());
        assertEquals("gold", scene.provider.lastAuthorizationRequest().get("acr_values"));
    }

    @Test
    void otherPagesAskForNothing() {
        scene.signedIn();

        assertFalse(scene.provider.lastAuthorizationRequest().has("acr_values"));
        assertFalse(scene.provider.lastAuthorizationRequest().has("max_age"));
    }

    @Test
    void whoSignedInTooLongAgoSignsInOnceMore() {
        scene.provider.withAcrs("gold").signedInBefore(Duration.ofHours(1));
        scene.signedIn();

        scene.assertSignedIn(scene.logIn("/payments/7"));

        assertEquals(2, authorizations());
    }

    @Test
    void aSignInLinkTakesThePagesWishesAlong() {
        Page page = browser.navigateFully(scene.url("/login?returnTo=/payments/7"));

        assertEquals(scene.url("/payments/7"), page.url().toString());
        scene.assertSignedIn(page);
        assertEquals(1, authorizations());
    }

    /** It may be another user who comes back from there. */
    @Test
    void whatIsAskedOfEverySignInIsAskedOfThisOneToo() {
        reopen(app -> app.filterParam("maxAge", "PT1H"));
        scene.signedIn();

        Parameters asked = Scene.asked(browser.navigate(scene.url("/gold/x")));

        assertEquals("3600", asked.get("max_age"));
        assertEquals("gold", asked.get("acr_values"));
    }

    @Test
    void onlyAPublicPathThatSaysMoreThanTheRuleIsPublic() {
        scene.assertSentToProvider(browser.navigate(scene.url("/payments/prices/old")));
        assertEquals("", browser.navigate(scene.url("/payments/prices")).seen().remoteUser());
        assertEquals("", browser.navigate(scene.url("/public/x")).seen().remoteUser());
    }

    @Test
    void twoTabsStepUpIndependently() {
        scene.signedIn();
        Url one = scene.answered("/payments/1");
        Url other = scene.answered("/gold/2");

        Page second = browser.navigateFully(other.toString());
        Page first = browser.navigateFully(one.toString());

        assertEquals(scene.url("/gold/2"), second.url().toString());
        assertEquals(scene.url("/payments/1"), first.url().toString());
        scene.assertSignedIn(first);
    }

    @Test
    void aStepUpThatExpiresIsBegunAnewWithTheSameWishes() {
        scene.signedIn();
        Url callback = scene.answered("/payments/7");
        scene.pass(Duration.ofMinutes(2));

        Page anew = browser.navigate(callback.toString());

        scene.assertSentToProvider(anew);
        assertTrue(Scene.asked(anew).get("state").endsWith(Scene.RESTARTED));
        assertEquals("gold", Scene.asked(anew).get("acr_values"));
        assertEquals("300", Scene.asked(anew).get("max_age"));
    }

    // Ways round

    /** However a container or an application reads them, they are not shown to somebody signed in too weakly. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/payments",
                "/payments/",
                "/payments/7/",
                "/payments/7;a=b",
                "/payments;a=b/7",
                "/%70ayments/7",
                "//payments/7",
                "/./payments/7",
                "/x/../payments/7",
                "/x/..;/payments/7",
                "/public/../payments/7",
                "/public/..;a/payments/7",
                "/public/%2e%2e/payments/7",
                "/public/%2e%2e%2fpayments/7",
                "/payments%2f7",
                "/payments%2F..%2Fpayments/7",
                "/payments%5c7",
                "/payments%3ba=b/7",
                "/%2570ayments/7",
                "/payments/%2e",
            })
    void noSpellingOfThePathIsAWayRound(String path) {
        scene.signedIn();
        int before = scene.app.probe().calls();

        Page page = browser.request(scene.url("") + path)
                .header("Accept", "text/html")
                .send();

        assertNotEquals(200, page.status(), page::toString);
        assertEquals(before, scene.app.probe().calls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND", "get"})
    void noMethodIsAWayRound(String method) {
        scene.signedIn();
        int before = scene.app.probe().calls();

        Page page = browser.request(scene.url("/payments/7"))
                .method(method)
                .header("Accept", "text/html")
                .send();

        assertNotEquals(200, page.status(), page::toString);
        assertEquals(before, scene.app.probe().calls());
    }

    @Test
    void aPreflightIsAnsweredWithoutTheApplication() {
        scene.signedIn();
        int before = scene.app.probe().calls();

        Page page = browser.request(scene.url("/payments/7"))
                .method("OPTIONS")
                .header("Origin", "https://other.example")
                .header("Access-Control-Request-Method", "PUT")
                .send();

        assertEquals(204, page.status());
        assertEquals(before, scene.app.probe().calls());
    }

    @Test
    void aPrefetchBeginsNothing() {
        scene.signedIn();

        Page page = browser.request(scene.url("/payments/7"))
                .header("Accept", "text/html")
                .header("Sec-Purpose", "prefetch")
                .send();

        assertEquals(401, page.status());
        assertEquals(CHALLENGE, page.header("WWW-Authenticate"));
        assertFalse(page.headers().has("Location"), page::toString);
    }

    @Test
    void whatTheUserTakesOutOfTheRequestIsMissedInTheIdToken() {
        scene.signedIn();
        Page begun = scene.begin("/gold/7");

        Page page = browser.navigateFully(without("acr_values", begun));

        scene.assertRefused(page, 403, "acr_not_met");
        assertOldLoginAlive();
    }

    @Test
    void anAgeThatTheUserTakesOutOfTheRequestIsMissedInTheIdToken() {
        scene.provider.withAcrs("gold").signedInBefore(Duration.ofHours(1));
        scene.signedIn();
        Page begun = scene.begin("/payments/7");

        Page page = browser.navigateFully(without("max_age", begun));

        scene.assertRefused(page, 403, "auth_time_not_met");
        scene.assertSignedIn(browser.navigate(scene.url("/home")));
    }

    private static String without(String name, Page begun) {
        Url address = begun.redirectTarget();
        return address.parameters().without(name).appendTo(address.withoutQuery());
    }

    @Test
    void whatUserinfoSaysOfTheSignInDoesNotCount() {
        reopen(app -> app.filterParam("userinfo", "always"));
        scene.provider.ignoringAcrValues().userinfo().with("acr", "gold");
        scene.signedIn();

        scene.assertRefused(scene.logIn("/gold/7"), 403, "acr_not_met");
        assertOldLoginAlive();
    }

    @Test
    void whatARefreshedIdTokenSaysOfTheSignInDoesNotCount() {
        scene.provider.withAccessTokensFor(Duration.ofSeconds(1));
        scene.provider.refreshedIdToken().withClaim("acr", "gold");
        scene.signedIn();
        scene.pass(Duration.ofSeconds(2));

        assertOldLoginAlive();

        assertTrue(scene.provider.refreshCalls() > 0);
    }

    @Test
    void aStrongLoginStaysOneThroughARefresh() {
        scene.provider.withAccessTokensFor(Duration.ofSeconds(1));
        scene.provider.refreshedIdToken().withoutClaim("acr", "auth_time");
        scene.logIn("/payments/7");
        scene.pass(Duration.ofSeconds(2));

        scene.assertSignedIn(browser.navigate(scene.url("/payments/7")));
        assertTrue(scene.provider.refreshCalls() > 0);
    }

    // What goes wrong

    @Test
    void aProviderThatIgnoresAcrValuesEndsInAnErrorPageAndTheOldLoginLives() {
        scene.provider.ignoringAcrValues();
        scene.signedIn();

        Page page = scene.logIn("/gold/7");

        scene.assertRefused(page, 403, "acr_not_met");
        assertEquals(2, authorizations());
        assertOldLoginAlive();
    }

    @Test
    void aProviderThatIgnoresMaxAgeEndsInAnErrorPageAndTheOldLoginLives() {
        scene.provider.withAcrs("gold").signedInBefore(Duration.ofHours(1)).ignoringMaxAge();
        scene.signedIn();

        Page page = scene.logIn("/payments/7");

        scene.assertRefused(page, 403, "auth_time_not_met");
        assertEquals(2, authorizations());
        scene.assertSignedIn(browser.navigate(scene.url("/home")));
    }

    @Test
    void aProviderThatDoesNotSayHowTheUserSignedInEndsInAnErrorPage() {
        scene.provider.idToken().withoutClaim("acr", "auth_time");
        scene.signedIn();

        scene.assertRefused(scene.logIn("/gold/7"), 403, "acr_not_met");
        scene.assertRefused(scene.logIn("/fresh/7"), 403, "auth_time_not_met");
        assertEquals(3, authorizations());
        assertOldLoginAlive();
    }

    @Test
    void aStepUpThatIsCancelledLeavesTheLoginAsItWasAndCanBeTriedAgain() {
        scene.signedIn();
        scene.provider.authorization().answersError("access_denied", "no");

        Page refused = scene.logIn("/gold/7");

        scene.assertRefused(refused, 403, "access_denied");
        assertOldLoginAlive();
        scene.provider.behaves();
        Page page = browser.followFully(browser.click(refused, linkIn(refused)));
        assertEquals(scene.url("/gold/7"), page.url().toString());
        scene.assertSignedIn(page);
    }

    @Test
    void aStepUpThatAnotherUserEndsIsTheirsInASessionOfTheirOwn() {
        scene.signedIn();
        browser.navigate(scene.url("/home?do=session&name=of-alice"));
        String id = scene.app.sessions().of(browser).getId();
        scene.provider.signInAs("bob");

        Page page = scene.logIn("/gold/7");

        assertEquals("bob", page.seen().remoteUser());
        assertNotEquals(id, scene.app.sessions().of(browser).getId());
        assertFalse(scene.app.sessions().attributeNames(browser).contains("of-alice"));
    }

    /** A time in whole seconds is past as soon as the user is back. */
    @Test
    void anAgeThatCannotBeMetEndsInOneErrorPage() {
        reopen(app -> app.filterParam("clockSkew", "PT0S"));
        scene.signedIn();
        int before = authorizations();

        Page page = scene.logIn("/fresh/7");

        scene.assertRefused(page, 403, "auth_time_not_met");
        assertEquals(before + 1, authorizations());
        scene.assertSignedIn(browser.navigate(scene.url("/home")));
    }

    @Test
    void aScriptIsToldEvenThenWhatThePathAsksFor() {
        reopen(app -> app.filterParam("clockSkew", "PT0S"));
        scene.signedIn();
        scene.logIn("/fresh/7");

        Page page = browser.fetch(scene.url("/fresh/api"));

        assertEquals(401, page.status());
        assertEquals(
                "Bearer error=\"insufficient_user_authentication\", max_age=\"0\"", page.header("WWW-Authenticate"));
    }

    /** One path, two readings, and no sign-in that does for both. */
    @Test
    void aPathWhoseReadingsCannotBothBeMetEndsInOneErrorPage() {
        reopen(app -> app.filterParam("stepUp", "/a/* acr=gold; /b/* acr=silver"));
        scene.signedIn();
        int before = authorizations();

        Page page = browser.followFully(browser.request(scene.url("/a/%252e%252e/b/x"))
                .header("Accept", "text/html")
                .send());

        assertTrue(page.status() == 403 || page.status() == 400, page::toString);
        assertTrue(authorizations() <= before + 2, "authorization requests");
    }

    // What is no navigation

    @Test
    void aScriptIsToldWhatThePathAsksForAndWhereToGo() {
        scene.signedIn();
        int before = authorizations();

        Page page = fetchFromShop();

        assertEquals(401, page.status());
        assertEquals(CHALLENGE, page.header("WWW-Authenticate"));
        assertEquals("application/problem+json", page.header("Content-Type"));
        assertEquals("insufficient_user_authentication", page.json().get("code"));
        assertEquals(
                scene.url("/login?returnTo=%2Fshop%3Fx&stepUpFor=%2Fpayments%2Fapi"),
                page.json().get("login"));
        assertFalse(page.headers().has("Location"), page::toString);
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
        assertEquals(before, authorizations());
        assertOldLoginAlive();
    }

    /** The page itself asks for nothing: the login there would be no other than the one that did not do. */
    @Test
    void whereAScriptIsToldToGoIsASignInAsThePathAsksForAndBackToThePage() {
        scene.signedIn();

        Page page = browser.navigateFully(String.valueOf(fetchFromShop().json().get("login")));

        assertEquals(scene.url("/shop?x"), page.url().toString());
        scene.assertSignedIn(fetchFromShop());
    }

    @Test
    void whoMeetsItByThenGoesStraightBack() {
        scene.signedIn();
        String login = String.valueOf(fetchFromShop().json().get("login"));
        scene.logIn("/payments/7");
        int before = authorizations();

        assertEquals(
                scene.url("/shop?x"), browser.navigate(login).redirectTarget().toString());
        assertEquals(before, authorizations());
    }

    @Test
    void aPageToReturnToMayBeAppendedAllTheSame() {
        scene.signedIn();

        Page page = browser.navigateFully(fetchFromShop().json().get("login") + "?returnTo=/other");

        assertEquals(scene.url("/shop?x"), page.url().toString());
        scene.assertSignedIn(fetchFromShop());
    }

    private Page fetchFromShop() {
        return browser.fetchFrom(scene.url("/shop?x"), scene.url("/payments/api"));
    }

    /** Whoever writes such a link gets no other sign-in by it than a link to the page itself. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/home", "https://evil.example/", "//evil.example", "/nowhere%00", "acr=lead"})
    void anythingElseToStepUpForIsNothing(String path) {
        scene.signedIn();
        int before = authorizations();

        Page page = browser.navigateFully(scene.url("/login?returnTo=/shop&stepUpFor=" + path));

        assertEquals(scene.url("/shop"), page.url().toString());
        assertEquals(before, authorizations());
    }

    @Test
    void htmxHasTheBrowserGoThereAndBack() {
        scene.signedIn();

        Page refused = htmx().send();
        Page page = browser.navigateFully(refused.header("HX-Redirect"));

        assertEquals(401, refused.status());
        assertEquals(CHALLENGE, refused.header("WWW-Authenticate"));
        assertEquals(scene.url("/shop"), page.url().toString());
        scene.assertSignedIn(htmx().send());
    }

    private BrowserRequest htmx() {
        return browser.request(scene.url("/payments/fragment"))
                .header("HX-Request", "true")
                .header("HX-Current-URL", scene.url("/shop"));
    }

    @Test
    void facesHasTheBrowserGoThereAndBack() {
        scene.signedIn();

        Page refused = faces().send();
        Matcher redirect = FACES_REDIRECT.matcher(refused.body());
        assertTrue(redirect.find(), refused::toString);
        Page page = browser.navigateFully(redirect.group(1).replace("&amp;", "&"));

        assertEquals(200, refused.status());
        assertEquals(scene.url("/shop.xhtml"), page.url().toString());
        scene.assertSignedIn(faces().send());
    }

    private BrowserRequest faces() {
        return browser.request(scene.url("/payments/pay.xhtml"))
                .header("Faces-Request", "partial/ajax")
                .header("Referer", scene.url("/shop.xhtml"))
                .form(Parameters.none().plus("a", "b"));
    }

    @Test
    void anApiClientIsNeverRedirected() {
        scene.signedIn();

        Page page = browser.request(scene.url("/payments/api"))
                .header("Authorization", "Bearer a-token-of-its-own")
                .header("Accept", "text/html")
                .send();

        assertEquals(401, page.status());
        assertEquals(CHALLENGE, page.header("WWW-Authenticate"));
        assertFalse(page.headers().has("Location"), page::toString);
    }

    // Forms

    @Test
    void aFormDoesNotReachTheApplicationUntilItIsSentByAStrongerLogin() {
        scene.signedIn();
        int before = scene.app.probe().calls();

        Page notice = browser.followFully(pay());

        assertEquals("gold", scene.provider.lastAuthorizationRequest().get("acr_values"));
        assertEquals(scene.url("/shop"), notice.url().toString());
        assertTrue(notice.body().contains("Please send it again."), notice::body);
        assertEquals(before, scene.app.probe().calls());
        assertEquals("POST", pay().seen().method());
    }

    @Test
    void aFormThatIsKeptGoesOnItsWayAfterTheStepUp() {
        reopen(app -> app.filterParam("replayPost", "true"));
        scene.signedIn();

        Page page = browser.followFully(pay());

        assertEquals(scene.url("/payments/pay"), page.url().toString());
        assertEquals("POST", page.seen().method());
        assertEquals("amount=7", page.seen().body());
    }

    /** Else its user would sign in as before, send it once more, and be refused once more. */
    @Test
    void aFormThatCannotBeKeptLeadsToASignInAsItAsks() {
        reopen(app -> app.filterParam("replayPost", "true"));
        scene.signedIn();

        Page refused =
                browser.postFrom(scene.url("/shop"), scene.url("/payments/pay"), Map.of("text", "x".repeat(100_000)));
        Page page = browser.followFully(browser.click(refused, linkIn(refused)));

        scene.assertRefused(refused, 401, "form_not_kept");
        assertEquals(scene.url("/shop"), page.url().toString());
        scene.assertSignedIn(page);
        assertEquals("POST", pay().seen().method());
    }

    private Page pay() {
        return browser.postFrom(scene.url("/shop"), scene.url("/payments/pay"), Map.of("amount", "7"));
    }

    private static String linkIn(Page page) {
        Matcher link = LINK.matcher(page.body());
        assertTrue(link.find(), page::body);
        return link.group(1).replace("&amp;", "&");
    }

    // The whole filter's

    @Test
    void whatTheWholeFilterAsksForIsAskedAtEachLogin() {
        reopen(app -> app.filterParam("acrValues", "gold silver")
                .filterParam("maxAge", "PT1H")
                .filterParam("prompt", "consent"));

        scene.assertSignedIn(scene.logIn("/home"));

        Parameters asked = scene.provider.lastAuthorizationRequest();
        assertEquals("gold silver", URLDecoder.decode(asked.get("acr_values"), StandardCharsets.UTF_8));
        assertEquals("3600", asked.get("max_age"));
        assertEquals("consent", asked.get("prompt"));
    }

    @Test
    void whoSignedInAsTheWholeFilterDoesNotWantIsNobody() {
        reopen(app -> app.filterParam("acrValues", "gold"));
        scene.provider.ignoringAcrValues();

        scene.assertCameToNothing(scene.logIn("/home"), 403, "acr_not_met", 1);
    }
}
