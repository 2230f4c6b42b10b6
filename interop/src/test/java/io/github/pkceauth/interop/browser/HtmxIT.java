package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.ScriptedProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buttons and links of htmx, before and after the session has ended. */
class HtmxIT extends InChromium {
    private static final String PAGE = """
            <script src="/public/htmx.js"></script>
            <button hx-get="/fragment" hx-target="#part">Load</button>
            <button hx-post="/save" hx-target="#part">Save</button>
            <button hx-post="/logout">Sign out</button>
            <div hx-boost="true"><a href="/reports?month=11">Reports</a></div>
            <div id="part"></div>
            """;

    private App app;

    @BeforeEach
    void open() {
        pages().script("/public/htmx.js", Script.htmx()).page("/page", PAGE);
        app = start();
        signIn(app, "/page?x=1&y=%20");
        provider().withLoginForm();
    }

    @Test
    void aButtonOfASignedInUserLoadsItsPart() {
        browser().press("Load");

        browser().awaitText("GET /fragment");
        browser().awaitAddress(app.url("/page?x=1&y=%20"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Load", "Save"})
    void aButtonThatIsPressedAfterTheSessionHasEndedLeadsToTheLoginAndBackToThePage(String button) {
        app.sessions().expireAll();

        browser().press(button);
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/page?x=1&y=%20"));
        browser().press("Load");
        browser().awaitText("GET /fragment");
        assertEquals(0, pages().reached("POST", "/save").size());
    }

    @Test
    void aBoostedLinkLeadsThroughTheLoginToWhereItPoints() {
        app.sessions().expireAll();

        browser().press("Reports");
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/reports?month=11"));
    }

    @Test
    void aSignOutGoesOnToTheProviderAndBack() {
        browser().press("Sign out");

        browser().awaitAddress(app.url("/"));
        assertEquals(1, provider().calls(ScriptedProvider.LOGOUT));
        assertEquals(0, app.sessions().count());
    }
}
