package io.github.pkceauth.interop.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Users who come and go. */
class LoginIT extends OnEachContainer {

    LoginIT(RunningContainer container) {
        super(container);
    }

    @Test
    void aPageAsksForALoginAndIsShownAfterIt() {
        Page page = browser().navigateFully(example("/me"));

        assertEquals(200, page.status(), page::toString);
        assertEquals(example("/me"), page.url().toString());
        assertTrue(page.body().contains("alice"), page::toString);
    }

    @Test
    void theApplicationKnowsTheUserAndTheRoles() {
        Page page = browser().navigateFully(example("/api/me"));

        assertIsAlice(page);
        assertEquals(provider().issuer(), page.json().get("issuer"));
        assertEquals(List.of("admin", "user"), page.json().get("roles"));
    }

    @Test
    void aRoleOpensAPage() {
        assertEquals(200, browser().navigateFully(example("/admin")).status());
    }

    @Test
    void thePageOfARoleIsClosedToOthers() {
        provider().signInAs("bob");

        Page page = browser().navigateFully(example("/admin"));

        assertEquals(403, page.status(), page::toString);
        assertTrue(page.body().contains("bob"), page::toString);
    }

    @Test
    void twoTabsLogInIndependently() {
        Page one = browser().navigate(example("/me?tab=1"));
        Page two = browser().navigate(example("/me?tab=2"));

        assertEquals(example("/me?tab=2"), browser().followFully(two).url().toString());
        assertEquals(example("/me?tab=1"), browser().followFully(one).url().toString());
        assertIsAlice(browser().fetch(example("/api/me")));
    }

    @Test
    void aReloadedCallbackLeadsToTheFrontPage() {
        browser().navigateFully(example("/me"));
        String callback = browser().addresses().stream()
                .filter(address -> address.startsWith(example("/callback")))
                .findFirst()
                .orElseThrow();

        Page page = browser().navigate(callback);

        assertEquals(302, page.status(), page::toString);
        assertEquals(example("/"), page.location());
        assertIsAlice(browser().fetch(example("/api/me")));
    }

    @Test
    void theSignInLinkReturnsToThePageThatItNames() {
        Page page = browser().navigateFully(example("/login?returnTo=/me"));

        assertEquals(example("/me"), page.url().toString());
        assertEquals(200, page.status(), page::toString);
    }

    @Test
    void theAnswerComesAsAFormWhereTheApplicationWantsItSo() {
        Page page = browser().navigateFully(container().formPost("/echo/wanted?a=b"));

        assertEquals("alice", Told.by(page).user());
        assertEquals(container().formPost("/echo/wanted?a=b"), page.url().toString());
        assertTrue(
                browser().addresses().contains(container().formPost("/callback")),
                () -> browser().addresses().toString());
    }

    @Test
    void aFormIsReadByTheApplicationAsItWasSent() {
        Browser signedIn = signedIn();

        Page page = signedIn.request(example("/notes"))
                .method("POST")
                .body(
                        "application/x-www-form-urlencoded",
                        "tag=a&tag=%C3%A9t%C3%A9&tag=%2B+&name=%E2%9C%93+Zo%C3%AB&empty=")
                .send();

        assertEquals(200, page.status(), page::toString);
        assertEquals(Map.of("tag", List.of("a", "été", "+ "), "name", "✓ Zoë", "empty", ""), page.json());
    }

    @Test
    void aBodyIsReadByTheApplicationAsItWasSent() {
        Browser signedIn = signedInToProbe();

        Page page = signedIn.request(probe("/echo?read=body"))
                .method("PUT")
                .body("application/x-www-form-urlencoded", "a=b&c=%zz")
                .send();

        assertEquals(Map.of("body", "a=b&c=%zz"), page.json());
    }

    @Test
    void theTokensAreRefreshed() {
        Browser signedIn = signedIn();
        int before = provider().refreshCalls();

        Page page = signedIn.fetch(example("/refresh"));

        assertIsAlice(page);
        assertEquals(before + 1, provider().refreshCalls());
        assertIsAlice(signedIn.fetch(example("/api/me")));
    }

    @Test
    void aLogoutEndsTheSessionHereAndTheProviders() {
        Browser signedIn = signedIn();

        Page page = signedIn.followFully(signedIn.post(example("/logout"), Map.of()));

        assertEquals(example("/"), page.url().toString());
        assertEquals(200, page.status(), page::toString);
        assertTrue(
                signedIn.addresses().stream()
                        .anyMatch(address -> address.startsWith(provider().address(ScriptedProvider.LOGOUT))),
                signedIn.addresses()::toString);
        assertEquals(401, signedIn.fetch(example("/api/me")).status());
    }

    @Test
    void aNoticeOfTheProviderEndsTheSession() {
        Browser signedIn = signedIn();

        Page answer = provider().sendsLogoutToken(example(RunningContainer.BACKCHANNEL_LOGOUT));

        assertEquals(200, answer.status(), answer::toString);
        assertEquals(401, signedIn.fetch(example("/api/me")).status());
    }

    @Test
    void oneLoginIsForOneApplication() {
        Browser signedIn = signedIn();
        String example = signedIn.cookies().get("EXAMPLE_SESSION");

        assertEquals(401, signedIn.fetch(probe("/echo")).status());
        assertEquals("alice", Told.by(signedIn.navigateFully(probe("/echo"))).user());

        assertNotEquals(example, signedIn.cookies().get("PROBE_SESSION"));
        assertIsAlice(signedIn.fetch(example("/api/me")));
    }
}
