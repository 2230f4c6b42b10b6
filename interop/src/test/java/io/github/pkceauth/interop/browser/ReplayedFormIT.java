package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code replayPost}: a form that is sent after the session has ended goes on its way after the login. */
class ReplayedFormIT extends InChromium {
    private static final String FORM = """
            <form method="post" action="/save?x=%20y">
              <input name="text" value="Grüße, 1 &lt; 2 &amp; &quot;3&quot; + 50% €">
              <input name="text" value="again">
              <textarea name="lines">
            one
            two

            </textarea>
              <input name="submit" value="a name that pages have methods of">
              <input name="empty">
              <button>Save</button>
            </form>
            """;

    private App app;

    @BeforeEach
    void open() {
        pages().page("/edit", FORM);
        app = start(describe().filterParam("replayPost", "true"));
    }

    @Test
    void itArrivesOnceAndAsItWasSent() {
        String whileSignedIn = sendTwice("/edit");

        List<Arrival> both = pages().reached("POST", "/save");
        assertEquals(2, both.size());
        assertEquals(whileSignedIn, both.get(1).body());
        assertEquals("/save?x=%20y", both.get(1).target());
        assertEquals(app.url("/save?x=%20y"), browser().getCurrentUrl());
    }

    @Test
    void itArrivesAsItWasSentFromAPageInWindows1252() {
        String quirk = FORM.replace("</form>", "<input name=beyond value='&#10003;'></form>");
        pages().page("/edit", Charset.forName("windows-1252"), quirk);

        String whileSignedIn = sendTwice("/edit");

        assertTrue(whileSignedIn.contains("Gr%FC%DFe"), whileSignedIn);
        assertEquals(whileSignedIn, pages().reached("POST", "/save").get(1).body());
    }

    @Test
    void itArrivesAsItWasSentFromAPageInLatin1() {
        pages().page("/edit", StandardCharsets.ISO_8859_1, FORM.replace("€", ""));

        assertEquals(sendTwice("/edit"), pages().reached("POST", "/save").get(1).body());
    }

    /** As far as an application can tell, its own page has sent it. */
    @Test
    void itsOriginIsTheApplicationsOwn() {
        sendTwice("/edit");

        Arrival replayed = pages().reached("POST", "/save").get(1);
        assertEquals("http://localhost:" + app.port(), replayed.header("Origin"));
        assertEquals("same-origin", replayed.header("Sec-Fetch-Site"));
    }

    @Test
    void withoutScriptsItIsSentByAButton() {
        signIn(app, "/edit");
        app.sessions().expireAll();
        provider().withLoginForm();
        browser().disableScripts();
        browser().press("Save");
        browser().press(SIGN_IN);
        browser().press("Continue");

        browser().await("form", () -> pages().reached("POST", "/save").size() == 1);
    }

    @Test
    void backAfterwardsDoesNotSendItAgain() {
        sendTwice("/edit");

        browser().navigate().back();
        browser().await("page before", () -> !browser().getTitle().startsWith("POST"));
        browser().navigate().forward();
        browser().navigate().back();

        assertEquals(2, pages().reached("POST", "/save").size());
    }

    @Test
    void aFormWithFilesIsRefusedWithAPageThatLeadsBackToIt() {
        pages().page("/edit", FORM.replace("<form", "<form enctype=multipart/form-data"));
        signIn(app, "/edit");
        app.sessions().expireAll();
        provider().withLoginForm();

        browser().press("Save");
        browser().awaitText("it could not be kept");
        browser().press(SIGN_IN);
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/edit"));
        assertEquals(List.of(), pages().reached("POST", "/save"));
    }

    @Test
    void aFormOfAnotherSiteIsNeverSentOn() {
        pages().page(
                        "/public/elsewhere",
                        "<form method=post action='" + app.url("/save") + "'><input name=text value=evil>"
                                + "<button>Win</button></form>");
        browser().get(app.urlAt("127.0.0.1", "/public/elsewhere"));

        browser().press("Win");

        browser().awaitAddress(app.url("/"));
        Arrival sent = witness().arrivals("/save").get(0);
        assertEquals("cross-site", sent.header("Sec-Fetch-Site"));
        browser().get(app.url("/save"));
        browser().awaitText("For alice.");
        assertEquals(List.of(), pages().reached("POST", "/save"));
    }

    /** Sends the form as a signed-in user, and once more when the session has ended; hands back the first body. */
    private String sendTwice(String page) {
        signIn(app, page);
        browser().press("Save");
        browser().awaitText("POST /save");
        browser().get(app.url(page));
        app.sessions().expireAll();
        provider().withLoginForm();
        browser().press("Save");
        browser().press(SIGN_IN);
        browser().awaitText("POST /save");
        return pages().reached("POST", "/save").get(0).body();
    }
}
