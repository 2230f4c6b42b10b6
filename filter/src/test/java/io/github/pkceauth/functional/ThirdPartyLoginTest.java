package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins that the provider, or a portal, begins (OpenID Connect Core 4). */
class ThirdPartyLoginTest {

    private static final String PORTAL = "https://portal.example/";

    @AutoClose
    private final Scene scene = Scene.open(app -> app.filterParam("forwardedParameters", "login_hint ui_locales"));

    private Page link(Parameters parameters) {
        return scene.browser().clickFrom(PORTAL, parameters.appendTo(scene.url("/login")));
    }

    @Test
    void aLinkOfAPortalSignsInAndLeadsToItsPage() {
        Page begun = link(Parameters.none()
                .plus("iss", scene.provider.issuer())
                .plus("target_link_uri", scene.url("/reports?month=3#total")));

        Page page = scene.browser().followFully(begun);

        List<Page> pages = scene.browser().history();
        assertEquals(
                scene.url("/reports?month=3#total"), pages.get(pages.size() - 2).location());
        scene.assertSignedIn(page);
    }

    /** Third parties may post as well, and the session's cookie stays away from that. */
    @Test
    void aFormOfAPortalSignsInAndLeadsToItsPage() {
        Page begun = scene.browser()
                .postFrom(
                        PORTAL,
                        scene.url("/login"),
                        Map.of(
                                "iss",
                                scene.provider.issuer(),
                                "login_hint",
                                "alice@example.com",
                                "target_link_uri",
                                scene.url("/reports")));

        Page page = scene.browser().followFully(begun);

        assertEquals(scene.url("/reports"), page.url().toString());
        scene.assertSignedIn(page);
        assertEquals(
                "alice@example.com", scene.provider.lastAuthorizationRequest().get("login_hint"));
    }

    @Test
    void whoIsSignedInGoesStraightToThePage() {
        scene.signedIn();

        Page page = link(
                Parameters.none().plus("iss", scene.provider.issuer()).plus("target_link_uri", scene.url("/reports")));

        assertEquals(scene.url("/reports"), page.redirectTarget().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "", "https://evil.example/ \u00e4"})
    void nobodyIsSentToAnotherProvider(String issuer) {
        Page page = link(Parameters.none().plus("iss", issuer));

        scene.assertRefused(page, 400, "login_elsewhere");
        assertEquals(0, scene.app.sessions().created());
        assertEquals(0, scene.provider.requests().size());
    }

    @Test
    void theIssuerIsComparedToTheLetter() {
        scene.assertRefused(link(Parameters.none().plus("iss", scene.provider.issuer() + "/")), 400, "login_elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "javascript:alert(1)",
                "https://localhost.evil.example/",
                "http://localhost@evil.example/",
                "data:text/html,x"
            })
    void aLinkLeadsNowhereElse(String address) {
        Page page = scene.browser()
                .followFully(link(
                        Parameters.none().plus("iss", scene.provider.issuer()).plus("target_link_uri", address)));

        assertEquals(scene.url("/"), page.url().toString());
        scene.assertSignedIn(page);
    }

    /** The server's own address with something of another's in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"//evil.example/", "/\\evil.example/", "/%2e%2e//evil.example", "/logout", "/callback?state=x"})
    void anAddressOfThisServerThatReadsLikeAnothersLeadsNowhereElse(String path) {
        Page page = scene.browser()
                .followFully(link(Parameters.none()
                        .plus("iss", scene.provider.issuer())
                        .plus("target_link_uri", scene.url("/").replaceFirst("/$", "") + path)));

        assertEquals(scene.url("/"), page.url().toString());
    }

    @Test
    void onlyTheHintsThatTheDeploymentNamesAreHandedOn() {
        Page begun = link(Parameters.none()
                .plus("login_hint", "alice@example.com")
                .plus("ui_locales", "de-CH de")
                .plus("prompt", "none")
                .plus("acr_values", "weak"));

        Parameters asked = Scene.asked(begun);
        assertEquals("alice@example.com", asked.get("login_hint"));
        assertEquals("de-CH de", asked.get("ui_locales"));
        assertFalse(asked.names().contains("prompt"));
        assertFalse(asked.names().contains("acr_values"));
    }

    @Test
    void withoutThatNoHintIsHandedOn() {
        try (Scene plain = Scene.open()) {
            Page begun = plain.browser().clickFrom(PORTAL, plain.url("/login?login_hint=alice&ui_locales=de"));

            assertFalse(Scene.asked(begun).names().contains("login_hint"));
            assertFalse(Scene.asked(begun).names().contains("ui_locales"));
        }
    }

    @Test
    void aHintThatIsRepeatedOrNoTextIsLeftOut() {
        Page begun = link(Parameters.none()
                .plus("login_hint", "alice")
                .plus("login_hint", "bob")
                .plus("ui_locales", "de\r\nX: y"));

        assertFalse(Scene.asked(begun).names().contains("login_hint"));
        assertFalse(Scene.asked(begun).names().contains("ui_locales"));
    }

    @Test
    void onOtherPagesHintsAreTheApplications() {
        Page begun = scene.browser().navigate(scene.url("/page?login_hint=alice"));

        assertFalse(Scene.asked(begun).names().contains("login_hint"));
        Page page = scene.browser().followFully(begun);
        assertEquals(scene.url("/page?login_hint=alice"), page.url().toString());
    }

    @Test
    void aHugeTargetInAFormIsNotKept() {
        Page begun = scene.browser().post(scene.url("/login"), Map.of("returnTo", "/page?x=" + "y".repeat(10_000)));

        Page page = scene.browser().followFully(begun);

        assertEquals(scene.url("/"), page.url().toString());
        assertTrue(scene.provider.calls(ScriptedProvider.AUTHORIZE) > 0);
    }

    /** Reading it takes time and room by its length. */
    @Test
    void aHugePathToStepUpForIsNotLookedAt() {
        try (Scene strict = Scene.open(app -> app.filterParam("stepUp", "/pay/* acr=gold"))) {
            String huge = "/pay/" + "a/".repeat(10_000);

            Page begun = strict.browser().post(strict.url("/login"), Map.of("returnTo", "/page", "stepUpFor", huge));

            assertFalse(Scene.asked(begun).names().contains("acr_values"), begun::location);
        }
    }

    @Test
    void anAnonymousScriptIsToldAndNotSentAway() {
        try (Browser browser = Browser.open()) {
            assertEquals(
                    401,
                    browser.fetch(scene.url("/login?iss=" + scene.provider.issuer()))
                            .status());
        }
    }
}
