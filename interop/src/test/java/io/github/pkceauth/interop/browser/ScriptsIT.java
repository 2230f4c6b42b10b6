package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.App;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts of a page that is still open after the session has ended. */
class ScriptsIT extends InChromium {
    private static final String FETCH = """
            const answer = await fetch(arguments[0], {method: arguments[1], headers: {Accept: 'application/json'}});
            const problem = await answer.json();
            return {status: answer.status, type: answer.headers.get('Content-Type'), code: problem.code, login: problem.login};
            """;
    private static final String XHR = """
            return new Promise(resolve => {
              const call = new XMLHttpRequest();
              call.onloadend = () => resolve({status: call.status, type: call.getResponseHeader('Content-Type'),
                code: JSON.parse(call.responseText).code, login: JSON.parse(call.responseText).login});
              call.open(arguments[1], arguments[0]);
              call.send();
            });
            """;

    private App app;

    @BeforeEach
    void open() {
        app = start();
        signIn(app, "/page?x=1");
        app.sessions().expireAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void fetchReadsThatALoginIsNeededAndWhere(String method) {
        assertTold(browser().run(FETCH, "/api/orders", method));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aXmlHttpRequestReadsThatALoginIsNeededAndWhere(String method) {
        assertTold(browser().run(XHR, "/api/orders", method));
    }

    @Test
    void aScriptThatGoesToTheLoginIsBackOnItsPage() {
        browser()
                .run(
                        "const problem = await (await fetch('/api/orders')).json();"
                                + "location = problem.login + '?returnTo=' + encodeURIComponent(location.pathname + location.search)");

        browser().await("second login", () -> logins() == 2);
        browser().awaitAddress(app.url("/page?x=1"));
        assertEquals(2, pages().reached("GET", "/page").size());
    }

    private void assertTold(Object answer) {
        assertEquals(
                Map.of(
                        "status",
                        401L,
                        "type",
                        "application/problem+json",
                        "code",
                        "login_required",
                        "login",
                        app.url("/login")),
                answer);
        assertEquals(1, logins());
        assertEquals(0, app.sessions().count());
    }
}
