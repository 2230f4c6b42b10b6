package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.App;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A form that is sent after the session has ended, where forms are not kept. */
class SentFormIT extends InChromium {
    private static final String NOTICE = "Please send it again.";

    private App app;

    @BeforeEach
    void send() {
        pages().page("/edit", "<form method=post action=/save><input name=text value=a><button>Save</button></form>");
        app = start();
        signIn(app, "/edit?id=7");
        provider().withLoginForm();
        app.sessions().expireAll();
        browser().press("Save");
        browser().press(SIGN_IN);
    }

    @Test
    void theUserIsToldSoAtThePageOfTheForm() {
        browser().awaitText(NOTICE);

        assertEquals(app.url("/edit?id=7"), browser().getCurrentUrl());
        assertEquals(List.of(), pages().reached("POST", "/save"));
    }

    @Test
    void theNoticeLeadsToThePageWhereTheFormCanBeSentAgain() {
        browser().press("Back to the page");
        browser().press("Save");

        browser().awaitText("POST /save");
        assertEquals("text=a", pages().reached("POST", "/save").get(0).body());
    }

    @Test
    void aReloadOfTheNoticeShowsThePage() {
        browser().awaitText(NOTICE);

        browser().navigate().refresh();

        browser().await("form", () -> browser().getTitle().equals("/edit"));
        assertEquals(app.url("/edit?id=7"), browser().getCurrentUrl());
    }
}
