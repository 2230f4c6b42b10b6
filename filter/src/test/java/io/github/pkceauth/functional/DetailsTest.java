package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for in detail (RFC 9396): at every login, or only for the pages that need it. */
class DetailsTest {

    private static final String DETAILS = "authorization_details";
    private static final String ACCOUNTS = "{\"type\":\"accounts\",\"actions\":[\"read\"]}";
    private static final String PAYMENT = "{\"type\":\"payment\"}";
    private static final String MANDATE = "{\"type\":\"mandate\"}";
    private static final String ALL = "[" + ACCOUNTS + "," + PAYMENT + "," + MANDATE + "]";
    private static final String RULES =
            "/payments/* authorization_details=payment; /mandates/* authorization_details=mandate";

    private static Scene scene() {
        return scene(ScriptedProvider.start());
    }

    private static Scene scene(ScriptedProvider provider) {
        return Scene.against(
                provider, app -> app.filterParam("authorizationDetails", ALL).filterParam("stepUp", RULES));
    }

    @Test
    void onlyWhatNoPageHasForItselfIsAskedAtEveryLogin() {
        try (Scene scene = scene()) {
            Page begun = scene.begin("/home");

            assertEquals("[" + ACCOUNTS + "]", Scene.asked(begun).get(DETAILS));
        }
    }

    @Test
    void whoComesForAPageIsAskedForWhatItNeedsAtOnce() {
        try (Scene scene = scene()) {
            Page begun = scene.begin("/payments/1");

            assertEquals(
                    "[" + ACCOUNTS + "," + PAYMENT + "]", Scene.asked(begun).get(DETAILS));
            scene.assertSignedIn(scene.logIn("/payments/1"));
        }
    }

    @Test
    void whoIsSignedInWithoutItIsSentToTheProviderAndBack() {
        try (Scene scene = scene()) {
            scene.signedIn();
            int before = scene.tokenCalls();

            Page page = scene.logIn("/payments/1");

            scene.assertSignedIn(page);
            assertEquals("/payments/1", page.url().path());
            assertEquals(before + 1, scene.tokenCalls());
        }
    }

    @Test
    void whatOnePageNeedsIsNotLostForTheNext() {
        try (Scene scene = scene()) {
            scene.logIn("/payments/1");
            scene.logIn("/mandates/1");

            assertEquals(ALL, scene.provider.lastAuthorizationRequest().get(DETAILS));
            int before = scene.tokenCalls();
            scene.assertSignedIn(scene.logIn("/payments/1"));
            assertEquals(before, scene.tokenCalls());
        }
    }

    @Test
    void anotherPageOfTheSameNeedAsksForNothing() {
        try (Scene scene = scene()) {
            scene.logIn("/payments/1");
            int before = scene.tokenCalls();

            scene.assertSignedIn(scene.logIn("/payments/2"));

            assertEquals(before, scene.tokenCalls());
        }
    }

    @Test
    void aScriptIsToldThatTheLoginWillNotDo() {
        try (Scene scene = scene()) {
            scene.signedIn();

            Page page = scene.browser().fetch(scene.url("/payments/api"));

            assertEquals(401, page.status());
            assertEquals("insufficient_user_authentication", page.json().get("code"));
        }
    }

    private static UnaryOperator<ScriptedProvider> granting(Object details) {
        return provider -> {
            provider.token().with(DETAILS, details);
            return provider;
        };
    }

    @Test
    void aProviderThatGrantsLessEndsTheWayInOnAPageThatSaysSo() {
        try (Scene scene = scene(granting(List.of(Map.of("type", "accounts"))).apply(ScriptedProvider.start()))) {
            Page page = scene.logIn("/payments/1");

            scene.assertRefused(page, 403, "authorization_details_missing");
            assertTrue(scene.logs.text().contains("[payment]"), scene.logs::text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment", "[]", "[{}]", "[{\"type\":7}]", "[\"payment\"]"})
    void whatIsNoDetailGrantsNothing(String granted) {
        Object value = granted.startsWith("[") ? Json.array(granted) : granted;
        try (Scene scene = scene(granting(value).apply(ScriptedProvider.start()))) {
            scene.assertRefused(scene.logIn("/payments/1"), 403, "authorization_details_missing");
        }
    }

    @Test
    void whoeverAsksForLessDoesNotSeeThePage() {
        try (Scene scene = scene()) {
            Page begun = scene.begin("/payments/1");
            String address = begun.redirectTarget()
                    .parameters()
                    .without(DETAILS)
                    .appendTo(begun.redirectTarget().withoutQuery());

            Page page = scene.browser().navigateFully(address);

            scene.assertRefused(page, 403, "authorization_details_missing");
        }
    }

    @Test
    void plainOAuthHasThemAsWell() {
        try (Scene scene = Scene.open(app -> app.filterParam("scope", "profile")
                .filterParam("principalClaim", "sub")
                .filterParam("authorizationDetails", ALL)
                .filterParam("stepUp", RULES))) {
            scene.signedIn();

            scene.assertSignedIn(scene.logIn("/payments/1"));
            scene.assertSignedIn(scene.logIn("/mandates/1"));
            int before = scene.tokenCalls();
            scene.assertSignedIn(scene.logIn("/payments/2"));
            assertEquals(before, scene.tokenCalls());
        }
    }

    @Test
    void withoutDetailsNothingIsSaidOfThem() {
        try (Scene scene = Scene.open(app -> app)) {
            assertFalse(Scene.asked(scene.begin("/home")).has(DETAILS));
        }
    }
}
