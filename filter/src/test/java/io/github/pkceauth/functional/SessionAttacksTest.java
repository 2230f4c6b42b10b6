package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Gate;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Sessions;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others, or an unlucky moment, could do to the session of somebody who is signed in. */
class SessionAttacksTest {

    @ParameterizedTest
    @EnumSource
    void aLoginThatCompletesAfterALogoutDoesNotBringTheSessionBack(Container container) throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start();
                App app = App.on(container).against(provider).start();
                Browser browser = Browser.open()) {
            Page firstAnswer = browser.follow(browser.navigate(app.url("/one")));
            Page secondAnswer = browser.follow(browser.navigate(app.url("/two")));
            browser.follow(firstAnswer);
            assertEquals(200, browser.fetch(app.url("/api")).status());
            Browser late = Browser.open().copyCookiesFrom(browser);
            Gate gate = provider.token().waits();
            CompletableFuture<Page> callback = CompletableFuture.supplyAsync(() -> late.follow(secondAnswer));
            gate.awaitArrival();

            browser.postFrom(app.url("/page"), app.url("/logout"), Map.of());
            gate.open();

            assertEquals(400, callback.join().status());
            assertEquals(401, late.fetch(app.url("/api")).status());
            assertEquals(401, browser.fetch(app.url("/api")).status());
            late.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFormOfAnotherSiteLeavesTheSessionAlone(Container container) throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start();
                App app = App.on(container).against(provider).sameSite("Lax").start();
                Browser browser = Browser.open()) {
            browser.navigateFully(app.url("/page"));

            for (String path : List.of("/page", "/login")) {
                Page page = browser.postFrom("https://evil.example/", app.url(path), Map.of("a", "b"));

                assertEquals(303, page.status());
                assertEquals(List.of(), page.cookiesSet());
                assertEquals(200, browser.fetch(app.url("/api")).status());
            }
        }
    }

    /** In a session store that applications share, a user can bring the session of one along to another. */
    @ParameterizedTest
    @EnumSource
    void aLoginToAnotherClientOfTheProviderIsNoneHere(Container container) {
        try (ScriptedProvider provider = ScriptedProvider.start();
                App theirs = App.on(container).against(provider).start();
                App ours = App.on(container)
                        .against(provider)
                        .filterParam("clientId", "another-client")
                        .filterParam("publicPaths", "/news")
                        .start();
                Browser browser = Browser.open()) {
            browser.navigateFully(theirs.url("/page"));
            HttpSession brought = theirs.sessions().of(browser);
            browser.navigate(ours.url("/news?do=session"));
            HttpSession session = ours.sessions().of(browser);
            Sessions.attributeNames(brought).forEach(name -> session.setAttribute(name, brought.getAttribute(name)));

            assertEquals(401, browser.fetch(ours.url("/api")).status());
        }
    }

    /** As a record comes out of a session store that an older version of the filter has written into it. */
    @ParameterizedTest
    @EnumSource
    void aLoginThatDoesNotSayWhichItIsAndForWhichClientIsNone(Container container) {
        try (ScriptedProvider provider = ScriptedProvider.start();
                App app = App.on(container).against(provider).start();
                Browser browser = Browser.open()) {
            browser.navigateFully(app.url("/page"));
            HttpSession session = app.sessions().of(browser);
            Login login = (Login) session.getAttribute("io.github.pkceauth.login.login");
            session.setAttribute(
                    "io.github.pkceauth.login.login",
                    new Login(null, null, login.user(), login.tokens(), null, login.issuedAt(), 0, null, null, null));

            assertEquals(401, browser.fetch(app.url("/api")).status());
            assertEquals("alice", browser.navigateFully(app.url("/page")).seen().remoteUser());
        }
    }

    /** Any host of the same domain can set the cookie, and the application cannot take that one away. */
    @ParameterizedTest
    @EnumSource
    void aForgedCookieTellsNobodyWhoIsSignedInThatHeIsSignedOut(Container container) {
        try (ScriptedProvider provider = ScriptedProvider.start();
                App app = App.on(container).against(provider).start();
                Browser browser = Browser.open()) {
            browser.navigateFully(app.url("/page"));
            String session = browser.cookies().get("JSESSIONID");

            Page page = browser.request(app.url("/?state=forged"))
                    .header("Cookie", "JSESSIONID=" + session + "; pkce_logout_login=forged")
                    .send();

            assertEquals("alice", page.seen().remoteUser(), page::toString);
        }
    }
}
