package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.App;
import org.junit.jupiter.api.Test;

/** The script of Jakarta Faces (Mojarra's), on a page such as its container renders. */
class FacesIT extends InChromium {
    private static final String PAGE = """
            <script src="/public/faces.js"></script>
            <form id="f" method="post" action="/orders.xhtml">
              <input type="hidden" name="f" value="f">
              <input id="f:text" name="f:text" value="x">
              <input type="hidden" id="j_id1:jakarta.faces.ViewState:0" name="jakarta.faces.ViewState" value="1:2">
              <button type="button" id="f:save"
                onclick="faces.ajax.request(this, event, {execute: '@form', render: '@form'})">Save</button>
            </form>
            """;

    @Test
    void aButtonThatIsPressedAfterTheSessionHasEndedLeadsToTheLoginAndBackToThePage() {
        pages().script("/public/faces.js", Script.faces()).page("/orders.xhtml", PAGE);
        App app = start();
        signIn(app, "/orders.xhtml?year=2026&q=a%20b");
        provider().withLoginForm();
        app.sessions().expireAll();

        browser().press("Save");
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/orders.xhtml?year=2026&q=a%20b"));
        assertEquals(2, pages().reached("GET", "/orders.xhtml").size());
        assertEquals(0, pages().reached("POST", "/orders.xhtml").size());
        Arrival call = witness().which(each -> each.method().equals("POST")).get(0);
        assertEquals("partial/ajax", call.header("Faces-Request"));
        assertEquals(200, call.status());
    }
}
