package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code responseMode=form_post}: the answer comes as a form, and as nothing else (OAuth 2.0 Form Post Response Mode). */
class FormPostTest {
    private final Stage stage = new Stage();
    private final Browser browser = stage.browser();

    @AfterEach
    void end() {
        stage.close();
    }

    @ParameterizedTest
    @EnumSource
    void theAnswerComesAsAForm(Container container) {
        App app = stage.start(formPost(ofTheSameSite(), container));

        Page page = browser.navigateFully(app.url("/wanted?a=b"));

        assertEquals(app.url("/wanted?a=b"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
        assertEquals("GET", page.seen().method());
        assertTrue(browser.addresses().contains(app.url("/callback")), browser.addresses()::toString);
    }

    @ParameterizedTest
    @EnumSource
    void theSameFormIsRedeemedOnce(Container container) {
        App app = stage.start(formPost(ofTheSameSite(), container));
        Page form = browser.follow(browser.navigate(app.url("/wanted")));
        browser.submit(form);

        Page again = browser.submit(form);

        assertEquals(app.url("/"), again.location());
        assertEquals(1, tokenCalls());
    }

    /** Whoever can make a provider answer by query has the code in histories and logs; such an answer is none. */
    @ParameterizedTest
    @EnumSource
    void aCodeByQueryIsNoAnswer(Container container) {
        App app = stage.start(formPost(ofTheSameSite(), container));
        Parameters answer =
                browser.follow(browser.navigate(app.url("/wanted"))).form().fields();

        Page page = browser.navigate(answer.appendTo(app.url("/callback")));

        assertEquals(0, tokenCalls());
        assertTrue(page.isRedirect(), page::toString);
        assertEquals(401, browser.fetch(app.url("/api")).status());
    }

    /** A provider that fails early may not get as far as the response mode. */
    @ParameterizedTest
    @EnumSource
    void anErrorMayComeByQuery(Container container) {
        App app = stage.start(formPost(ofTheSameSite(), container));
        Parameters answer =
                browser.follow(browser.navigate(app.url("/wanted"))).form().fields();

        Page page = browser.navigate(
                answer.without("code").with("error", "access_denied").appendTo(app.url("/callback")));

        assertEquals(403, page.status(), page::toString);
        assertTrue(page.body().contains("access_denied"), page::body);
        assertEquals(0, tokenCalls());
    }

    @ParameterizedTest
    @EnumSource
    void aParameterOfTheFormThatStandsInTheAddressAsWellIsRefused(Container container) {
        App app = stage.start(formPost(ofTheSameSite(), container));
        Parameters answer =
                browser.follow(browser.navigate(app.url("/wanted"))).form().fields();

        String url = app.url("/callback?code=" + answer.get("code"));
        Page page = browser.post(
                url, Map.of("code", answer.get("code"), "state", answer.get("state"), "iss", answer.get("iss")));

        assertEquals(400, page.status(), page::toString);
        assertTrue(page.body().contains("callback_invalid"), page::body);
        assertEquals(0, tokenCalls());
    }

    @Test
    void aFormIsNoAnswerWhereNoneWasAskedFor() {
        App app = stage.app();
        Page begun = browser.navigate(app.url("/wanted"));
        String state = begun.redirectTarget().parameters().get("state");

        Page page = browser.post(app.url("/callback"), Map.of("code", "x", "state", state));

        assertEquals(405, page.status());
        assertEquals("GET", page.header("Allow"));
        assertTrue(page.body().contains("method_not_allowed"), page::body);
        assertEquals(0, tokenCalls());
    }

    @Test
    void noOtherMethodIsAnAnswer() {
        App app = stage.start(formPost(stage.provider(), Container.JETTY));

        Page page = browser.request(app.url("/callback")).method("PUT").send();

        assertEquals(405, page.status());
        assertEquals("GET, POST", page.header("Allow"));
        assertEquals("method_not_allowed", Json.string(page.json(), "code"));
        assertFalse(page.headers().has("Set-Cookie"));
    }

    /** Another port of the same host is the same site, whose forms carry the Lax cookie. */
    private ScriptedProvider ofTheSameSite() {
        return stage.provider().calledBy("localhost");
    }

    private static AppBuilder formPost(ScriptedProvider provider, Container container) {
        return App.on(container).against(provider).filterParam("responseMode", "form_post");
    }

    private int tokenCalls() {
        return stage.provider().calls(ScriptedProvider.TOKEN);
    }
}
