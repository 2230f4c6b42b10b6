package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.ScriptedProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Session cookies of each kind, before a browser that holds to it. */
class SameSiteIT extends InChromium {

    @ParameterizedTest
    @CsvSource({
        "JETTY, Strict, query",
        "JETTY, Lax, query",
        "JETTY, None, query",
        "JETTY, Strict, form_post",
        "JETTY, Lax, form_post",
        "JETTY, None, form_post",
        "TOMCAT, Strict, query",
        "TOMCAT, Lax, form_post"
    })
    void aLoginByTheProvidersFormIsCompleted(Container container, String sameSite, String responseMode) {
        provider().withLoginForm();
        App app = start(describe(container, sameSite).filterParam("responseMode", responseMode));

        browser().get(app.url("/wanted?a=b&c=d%20e"));
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/wanted?a=b&c=d%20e"));
        browser().awaitText("For alice.");
        assertEquals(1, logins());
        assertEquals(1, provider().calls(ScriptedProvider.TOKEN));
        assertEquals(1, app.sessions().created());
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "form_post"})
    void aProviderThatAnswersAtOnceIsNoDifferentFromOneWithAForm(String responseMode) {
        App app = start(describe(Container.JETTY, "Strict").filterParam("responseMode", responseMode));

        browser().get(app.url("/wanted"));

        browser().awaitAddress(app.url("/wanted"));
        assertEquals(1, logins());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Strict", "Lax"})
    void aLinkOfAnotherSiteLeadsASignedInUserToThePage(String sameSite) {
        App app = start(describe(Container.JETTY, sameSite));
        signIn(app, "/page");
        pages().page("/public/elsewhere", "<a href='" + app.url("/deep?x=1") + "'>Deep</a>");
        browser().get(app.urlAt("127.0.0.1", "/public/elsewhere"));

        browser().press("Deep");

        browser().awaitAddress(app.url("/deep?x=1"));
        browser().awaitText("For alice.");
    }

    private AppBuilder describe(Container container, String sameSite) {
        AppBuilder app = describe(App.on(container)).sameSite(sameSite);
        return sameSite.equals("None") ? app.secureSessionCookie() : app;
    }
}
