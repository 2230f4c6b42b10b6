package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.oidc.KeptAttempt;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the filter keeps in the container's sessions, and for how long. */
class SessionTest {
    private static final String PREFIX = "io.github.pkceauth.login.";
    private static final int HALF_AN_HOUR = 1800;

    private static final String ATTRIBUTES = "pending logins as attributes; CookieStateTest has the same of cookies";
    private static final String NONE_BEFORE = "a session that is made before the login";

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final Browser browser = stage.browser();

    // Names

    @Test
    @LoginState.OfSessions(ATTRIBUTES)
    void aPendingLoginIsOneAttributeNamedByItsState() {
        App app = stage.app();

        Page atProvider = browser.navigate(app.url("/reports"));

        String state = atProvider.redirectTarget().parameters().get("state");
        assertEquals(Set.of(PREFIX + "attempt." + state), attemptsIn(app, browser));
    }

    @Test
    void afterALoginTheSessionHoldsTheLoginAlone() {
        App app = stage.app();
        Browser signedIn = stage.signedIn(app);

        assertEquals(Set.of(PREFIX + "login"), app.sessions().attributeNames(signedIn));
    }

    @Test
    void theFiltersNameIsPartOfTheNames() {
        App app = stage.start(App.jetty().filterName("staff"));
        Browser signedIn = stage.signedIn(app);

        assertEquals(Set.of("io.github.pkceauth.staff.login"), app.sessions().attributeNames(signedIn));
    }

    @Test
    void aNameThatTheContainerInventedCountsAsPkce() {
        App app = stage.start(App.jetty().unnamedFilter());
        Browser signedIn = stage.signedIn(app);

        assertEquals(Set.of("io.github.pkceauth.pkce.login"), app.sessions().attributeNames(signedIn));
    }

    @Test
    void twoFiltersWithoutANameInOneApplicationAreAMistake() {
        String message = App.jetty()
                .against(provider)
                .unnamedFilter()
                .secondFilter("", Map.of("issuer", provider.issuer(), "clientId", provider.clientId()), "/*")
                .startFailing()
                .getMessage();

        assertTrue(message.contains("another PkceAuthFilter of this application is named 'pkce'"), message);
        assertTrue(message.contains("give each a name of its own"), message);
    }

    @Test
    void twoNamedFiltersKeepTheirLoginsApart() {
        App app = stage.start(twoFilters());

        browser.navigateFully(app.url("/shop/home"));
        browser.navigateFully(app.url("/staff/home"));

        assertEquals(
                Set.of("io.github.pkceauth.shop.login", "io.github.pkceauth.staff.login"),
                app.sessions().attributeNames(browser));
    }

    // How many, and how long

    @Test
    @LoginState.OfSessions(ATTRIBUTES)
    void beyondTheCapTheOldestPendingLoginGoes() {
        App app = stage.start(App.jetty().filterParam("maxPendingLogins", "3"));
        Set<String> newest = new TreeSet<>();
        for (int i = 0; i < 5; i++) {
            Page page = browser.navigate(app.url("/page/" + i));
            if (i >= 2) {
                newest.add(
                        PREFIX + "attempt." + page.redirectTarget().parameters().get("state"));
            }
        }

        assertEquals(newest, attemptsIn(app, browser));
    }

    @Test
    void aPendingLoginBeyondTheCapIsBegunAnewWhenItsAnswerComes() {
        App app = stage.start(App.jetty().filterParam("maxPendingLogins", "1"));
        Page oldest = browser.navigate(app.url("/page/1"));
        browser.navigate(app.url("/page/2"));

        Page page = browser.followFully(oldest);

        assertEquals(app.url("/"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
    }

    @Test
    @LoginState.OfSessions(ATTRIBUTES)
    void abandonedLoginsAddNoCookieAndNoSession() {
        App app = stage.app();
        for (int i = 0; i < 100; i++) {
            browser.navigate(app.url("/page/" + i));
        }

        assertEquals(Set.of("JSESSIONID"), browser.cookies().names());
        assertEquals(1, app.sessions().created());
        assertEquals(16, attemptsIn(app, browser).size());
    }

    @ParameterizedTest
    @EnumSource
    @LoginState.OfSessions(NONE_BEFORE)
    void aSessionMadeForAPendingLoginLivesAsLongAsThat(Container container) {
        App app = stage.start(halfAnHour(container).filterParam("loginTimeout", "PT2M"));

        browser.navigate(app.url("/reports"));

        assertEquals(120, app.sessions().of(browser).getMaxInactiveInterval());
    }

    @ParameterizedTest
    @EnumSource
    void theLoginGivesTheSessionItsIntervalBack(Container container) {
        App app = stage.start(halfAnHour(container).filterParam("loginTimeout", "PT2M"));

        browser.navigateFully(app.url("/reports"));

        assertEquals(HALF_AN_HOUR, app.sessions().of(browser).getMaxInactiveInterval());
    }

    @Test
    @LoginState.OfSessions(NONE_BEFORE)
    void anIntervalShorterThanTheLoginTimeoutStays() {
        App app = stage.start(halfAnHour(Container.JETTY).filterParam("loginTimeout", "PT2H"));

        browser.navigate(app.url("/reports"));

        assertEquals(HALF_AN_HOUR, app.sessions().of(browser).getMaxInactiveInterval());
    }

    @Test
    @LoginState.OfSessions(NONE_BEFORE)
    void aSessionThatWouldNeverEndGetsTheShortIntervalAndThenNoEndAgain() {
        App app = stage.app();
        Page atProvider = browser.navigate(app.url("/reports"));
        int pending = app.sessions().of(browser).getMaxInactiveInterval();

        browser.followFully(atProvider);

        assertEquals(600, pending);
        assertTrue(app.sessions().of(browser).getMaxInactiveInterval() <= 0);
    }

    @ParameterizedTest
    @EnumSource
    void anAttributeOfTheApplicationGivesTheSessionItsIntervalBack(Container container) {
        App app = stage.start(halfAnHour(container).filterParam("publicPaths", "/cart"));
        browser.navigate(app.url("/reports"));
        browser.navigate(app.url("/cart?do=session&name=cart"));

        browser.navigate(app.url("/cart"));

        assertEquals(HALF_AN_HOUR, app.sessions().of(browser).getMaxInactiveInterval());
    }

    @Test
    @LoginState.OfSessions(NONE_BEFORE)
    void moreLoginsThatArePendingKeepTheSessionShort() {
        App app = stage.start(halfAnHour(Container.JETTY).filterParam("loginTimeout", "PT2M"));

        for (int i = 0; i < 3; i++) {
            browser.navigate(app.url("/reports"));

            assertEquals(120, app.sessions().of(browser).getMaxInactiveInterval());
        }
    }

    @Test
    @LoginState.OfSessions(NONE_BEFORE)
    void thePendingLoginsOfAnotherFilterKeepTheSessionShort() {
        App app = stage.start(twoFilters().sessionTimeout(Duration.ofSeconds(HALF_AN_HOUR)));

        for (String path : List.of("/shop/home", "/staff/home", "/shop/home", "/staff/home")) {
            browser.navigate(app.url(path));

            assertEquals(600, app.sessions().of(browser).getMaxInactiveInterval(), path);
        }
    }

    @Test
    @LoginState.OfSessions(ATTRIBUTES)
    void aLoginClearsExpiredOnesAwayAndLeavesTheOthers() {
        ClockedFilter filter = new ClockedFilter();
        App app = stage.start(App.jetty().filter(filter).filterParam("loginTimeout", "PT30S"));
        browser.navigate(app.url("/abandoned"));
        filter.pass(Duration.ofSeconds(20));
        Page other = browser.navigate(app.url("/other"));
        filter.pass(Duration.ofSeconds(20));

        assertEquals("alice", browser.navigateFully(app.url("/reports")).seen().remoteUser());

        String state = other.redirectTarget().parameters().get("state");
        assertEquals(Set.of(PREFIX + "attempt." + state), attemptsIn(app, browser));
    }

    @Test
    void aSessionOfTheApplicationsOwnKeepsItsInterval() {
        App app = stage.start(halfAnHour(Container.JETTY).filterParam("publicPaths", "/cart"));
        browser.navigate(app.url("/cart?do=session"));

        browser.navigate(app.url("/reports"));

        assertEquals(HALF_AN_HOUR, app.sessions().of(browser).getMaxInactiveInterval());
    }

    @Test
    void theLoginOfOneFilterGivesTheIntervalBackThatAnotherHadShortened() {
        App app = stage.start(twoFilters().sessionTimeout(Duration.ofSeconds(HALF_AN_HOUR)));
        browser.navigate(app.url("/shop/home"));

        browser.navigateFully(app.url("/staff/home"));

        assertEquals(HALF_AN_HOUR, app.sessions().of(browser).getMaxInactiveInterval());
    }

    // Identity of the session

    @ParameterizedTest
    @EnumSource
    void anAnonymousSessionOfTheApplicationSurvivesTheLogin(Container container) {
        App app = stage.start(App.on(container).filterParam("publicPaths", "/cart"));
        browser.navigate(app.url("/cart?do=session&name=cart"));

        browser.navigateFully(app.url("/reports"));

        assertEquals("of the probe", app.sessions().of(browser).getAttribute("cart"));
        assertEquals(1, app.sessions().created());
    }

    @ParameterizedTest
    @EnumSource
    void theSameUsersNextLoginKeepsTheSessionAndItsId(Container container) {
        App app = stage.start(App.on(container));
        Page second = secondTabAfterLogin(app);
        String id = browser.cookies().get("JSESSIONID");

        browser.followFully(second);

        assertEquals(id, browser.cookies().get("JSESSIONID"));
        assertEquals("of the probe", app.sessions().of(browser).getAttribute("cart"));
    }

    @Test
    void theSameUsersNextLoginReplacesTheFormerOne() {
        App app = stage.app();
        Page second = secondTabAfterLogin(app);
        Object former = app.sessions().of(browser).getAttribute(PREFIX + "login");

        browser.followFully(second);

        Object latter = app.sessions().of(browser).getAttribute(PREFIX + "login");
        assertNotSame(former, latter);
        assertNotEquals(former, latter);
    }

    @ParameterizedTest
    @EnumSource
    void anotherUsersLoginStartsAFreshSession(Container container) {
        App app = stage.start(App.on(container));
        Page second = secondTabAfterLogin(app);
        String alices = browser.cookies().get("JSESSIONID");
        provider.signInAs("bob");

        Page page = browser.followFully(second);

        assertEquals("bob", page.seen().remoteUser());
        assertFalse(app.sessions().has(alices));
        assertEquals(1, app.sessions().count());
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfOneUsersSessionReachesTheNextUser(Container container) {
        App app = stage.start(App.on(container));
        Page second = secondTabAfterLogin(app);
        provider.signInAs("bob");

        browser.followFully(second);

        assertNull(app.sessions().of(browser).getAttribute("cart"));
        assertEquals(Set.of(PREFIX + "login"), app.sessions().attributeNames(browser));
    }

    // Session ids in the address

    @ParameterizedTest
    @CsvSource({
        "JETTY, /reports",
        "JETTY, /callback",
        "JETTY, /login",
        "JETTY, /logout",
        "TOMCAT, /reports",
        "TOMCAT, /callback",
        "TOMCAT, /login",
        "TOMCAT, /logout"
    })
    void aSessionIdInTheAddressIsRefused(Container container, String path) {
        App app = stage.start(App.on(container));
        String id = stage.signedIn(app).cookies().get("JSESSIONID");
        int calls = app.probe().calls();

        Page page = browser.navigate(app.url(path + inAddress(id)));

        assertEquals(400, page.status());
        assertTrue(page.body().contains("session_id_in_url"), page::body);
        assertEquals(calls, app.probe().calls());
        assertTrue(app.sessions().has(id));
    }

    @ParameterizedTest
    @EnumSource
    void theRefusalOfASessionIdInTheAddressDoesNotRepeatTheId(Container container) {
        App app = stage.start(App.on(container));
        String id = stage.signedIn(app).cookies().get("JSESSIONID");

        Page page = browser.navigate(app.url("/reports" + inAddress(id)));

        assertFalse(page.text().contains(id), page::toString);
        assertFalse(stage.logs().text().contains(id));
    }

    @ParameterizedTest
    @EnumSource
    void aSessionIdInTheAddressOfAPublicPageMakesNobodySignedIn(Container container) {
        App app = stage.start(App.on(container).filterParam("publicPaths", "/news"));
        String id = stage.signedIn(app).cookies().get("JSESSIONID");

        Page page = browser.navigate(app.url("/news" + inAddress(id)));

        assertTrue(page.seen().isAnonymous(), page::toString);
    }

    @ParameterizedTest
    @EnumSource
    @LoginState.OfSessions(NONE_BEFORE)
    void aSessionWhoseIdCameInTheAddressIsNeverUpgraded(Container container) {
        App app = stage.start(App.on(container));
        Browser attacker = stage.browser();
        Page answer = attacker.follow(attacker.navigate(app.url("/reports")));
        String id = attacker.cookies().get("JSESSIONID");

        browser.navigate(answer.location().replace("/callback?", "/callback" + inAddress(id) + "?"));

        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
        assertFalse(app.sessions().attributeNames().contains(PREFIX + "login"));
    }

    @ParameterizedTest
    @EnumSource
    void aSessionIdInTheAddressBesideTheCookieIsIgnored(Container container) {
        App app = stage.start(App.on(container));
        Browser signedIn = stage.signedIn(app);

        Page page = signedIn.navigate(app.url("/reports" + inAddress("somebody-elses")));

        assertEquals("alice", page.seen().remoteUser());
    }

    // What is in it

    @ParameterizedTest
    @EnumSource
    void everythingInTheSessionIsMadeOfOurValuesAndTheJdksAlone(Container container) throws Exception {
        provider.signInAs(
                "alice",
                Map.of("address", Map.of("lines", List.of("1 Main St", "Springfield"), "n", 4.5), "verified", true));
        App app = stage.start(App.on(container)
                .filterParam("rolesClaim", "roles")
                .filterParam("userinfo", "always")
                .filterParam("maxPendingLogins", "5"));
        Page second = browser.navigate(app.url("/second"));
        browser.navigateFully(app.url("/first"));
        HttpSession session = app.sessions().of(browser);

        assertEquals(302, second.status());
        for (String name : app.sessions().attributeNames(browser)) {
            Object value = session.getAttribute(name);
            assertEquals(value, roundTrip(value), name);
        }
        assertEquals(
                LoginState.isInCookies() ? 1 : 2,
                app.sessions().attributeNames(browser).size());
    }

    @Test
    @LoginState.OfSessions(NONE_BEFORE)
    void theShortIntervalsNoteIsSerializableToo() throws Exception {
        App app = stage.app();
        browser.navigate(app.url("/reports"));
        HttpSession session = app.sessions().of(browser);
        List<String> read = new ArrayList<>();
        for (String name : app.sessions().attributeNames(browser)) {
            assertEquals(session.getAttribute(name), roundTrip(session.getAttribute(name)));
            read.add(name);
        }

        assertEquals(2, read.size());
    }

    @Test
    void nothingInTheSessionShowsASecretWhenPrinted() {
        App app = stage.app();
        browser.navigate(app.url("/second"));
        browser.navigateFully(app.url("/first"));
        HttpSession session = app.sessions().of(browser);
        StringBuilder printed = new StringBuilder();
        List<String> secrets = new ArrayList<>(provider.secrets());
        for (String name : app.sessions().attributeNames(browser)) {
            Object value = session.getAttribute(name);
            printed.append(value);
            if (value instanceof KeptAttempt kept) {
                secrets.add(kept.attempt("").codeVerifier());
            }
        }

        assertEquals(
                List.of(),
                secrets.stream().filter(secret -> printed.indexOf(secret) >= 0).toList());
        assertTrue(
                LoginState.isInCookies() || secrets.size() > provider.secrets().size(), "no login is pending");
    }

    // None at all

    @Test
    void aContainerWithoutSessionsIsToldAboutInTheLog() {
        App app = stage.start(App.jetty().withoutSessions());

        Page page = browser.navigateFully(app.url("/reports"));

        assertEquals(500, page.status());
        assertTrue(page.body().contains("sessions_unavailable"), page::body);
        assertTrue(stage.logs().text().contains("make the ServletContextHandler with SESSIONS"), stage.logs()::text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/callback?code=a&state=b", "/logout", "/api"})
    void aContainerWithoutSessionsIsNoReasonForAnythingElse(String path) {
        App app = stage.start(App.jetty().withoutSessions());

        Page page = browser.fetch(app.url(path));

        assertTrue(page.status() < 500, page::toString);
    }

    private AppBuilder halfAnHour(Container container) {
        return App.on(container).sessionTimeout(Duration.ofSeconds(HALF_AN_HOUR));
    }

    private AppBuilder twoFilters() {
        return App.jetty()
                .filterName("shop")
                .mapping("/shop/*")
                .filterParam("callbackPath", "/shop/callback")
                .filterParam("loginPath", "/shop/login")
                .filterParam("logoutPath", "/shop/logout")
                .filterParam("afterLogoutPath", "/shop/bye")
                .secondFilter(
                        "staff",
                        Map.of(
                                "issuer", provider.issuer(),
                                "clientId", provider.clientId(),
                                "callbackPath", "/staff/callback",
                                "loginPath", "/staff/login",
                                "logoutPath", "/staff/logout",
                                "afterLogoutPath", "/staff/bye"),
                        "/staff/*");
    }

    /** Alice has signed in in one tab and left something in her session; a second tab is at the provider still. */
    private Page secondTabAfterLogin(App app) {
        Page second = browser.navigate(app.url("/second"));
        browser.navigateFully(app.url("/first?do=session&name=cart"));
        return second;
    }

    /** Jetty looks for the parameter in lower case, Tomcat for the cookie's name where that is set. */
    private static String inAddress(String id) {
        return ";jsessionid=" + id + ";JSESSIONID=" + id;
    }

    private static Set<String> attemptsIn(App app, Browser browser) {
        Set<String> names = app.sessions().attributeNames(browser);
        names.removeIf(name -> !name.contains(".attempt."));
        return names;
    }

    private static Object roundTrip(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            in.setObjectInputFilter(ObjectInputFilter.Config.createFilter(
                    "io.github.pkceauth.oidc.*;java.lang.*;java.time.*;java.util.*;!*"));
            return in.readObject();
        }
    }
}
