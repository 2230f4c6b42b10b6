package io.github.pkceauth.interop.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that go through the container more than once, and the Servlet API's own words for login and logout. */
class DispatchesIT extends OnEachContainer {

    DispatchesIT(RunningContainer container) {
        super(container);
    }

    @ParameterizedTest
    @CsvSource({
        "async, ASYNC",
        "async-with-own, ASYNC",
        "thread, REQUEST",
        "forward, FORWARD",
        "include, INCLUDE",
        "error, ERROR",
        "failure, ERROR",
        "async-failure, ERROR"
    })
    void theUserStaysKnown(String way, String dispatcherType) {
        Page page = signedInToProbe().navigate(probe("/dispatch/" + way));

        Told told = Told.by(page);
        assertEquals(dispatcherType, told.dispatcherType(), page::toString);
        assertEquals("alice", told.user(), page::toString);
        assertEquals("PKCE", told.text("authType"));
        assertEquals("true", told.text("isUser"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "async-with-own", "thread", "forward", "include", "error", "failure"})
    void nobodyStaysNobodyAndIsNotAskedToLogIn(String way) {
        Page page = browser().navigate(probe("/public/dispatch/" + way));

        assertEquals("", Told.by(page).user(), page::toString);
        assertEquals(0, providerCalls());
        assertTrue(page.cookiesSet().isEmpty(), page::toString);
    }

    @ParameterizedTest
    @CsvSource({"error, 418", "failure, 500", "async-failure, 500", "nothing, 404"})
    void theErrorPageShowsTheError(String way, int status) {
        Page page = signedInToProbe().navigate(probe("/dispatch/" + way));

        assertEquals(status, page.status(), page::toString);
        assertEquals(String.valueOf(status), Told.by(page).text("error"));
    }

    @Test
    void theErrorPageOfTheExampleKnowsNoLoginEither() {
        Page page = signedIn().navigate(example("/no-such-page"));

        assertEquals(404, page.status(), page::toString);
        assertTrue(page.body().contains("There is no such page"), page::toString);
        Own.assertTellsNothingOfTheInside(page);
    }

    @Test
    void authenticateStartsALoginThatReturns() {
        Page page = browser().navigateFully(probe("/public/identity/authenticate?a=b"));

        assertEquals(probe("/public/identity/authenticate?a=b"), page.url().toString());
        assertEquals("alice", Told.by(page).user());
    }

    @Test
    void authenticateOfAScriptIsToldThatALoginIsNeeded() {
        Page page = browser().fetch(probe("/public/identity/authenticate"));

        assertEquals(401, page.status(), page::toString);
        assertEquals("login_required", page.json().get("code"));
    }

    @Test
    void logoutEndsTheSessionAtOnce() {
        Browser signedIn = signedInToProbe();

        Page page = signedIn.navigate(probe("/public/identity/logout"));

        assertEquals("", Told.by(page).user(), page::toString);
        assertEquals("false", Told.by(page).text("hasSession"), page::toString);
        assertEquals(401, signedIn.fetch(probe("/echo")).status());
    }

    @Test
    void parametersOfAFormAreTheApplicationsToRead() {
        Page page = signedInToProbe().post(probe("/echo?read=parameters&a=1"), Map.of("a", "été"));

        assertTrue(page.body().contains("\"a\":[\"1\",\"été\"]"), page::toString);
    }
}
