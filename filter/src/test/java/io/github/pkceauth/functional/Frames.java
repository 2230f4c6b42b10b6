package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Page;

/** What is to be seen of front-channel logouts. */
final class Frames {

    private Frames() {}

    /** An application that providers may have browsers load to sign their users out. */
    static App app(Stage stage) {
        return stage.start(App.jetty().filterParam("frontchannelLogoutPath", "/frame"));
    }

    /** Empty, never cached, and in a frame, as no other answer. */
    static void assertShown(Page page) {
        assertEquals(200, page.status(), page::toString);
        assertEquals("", page.body());
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals("default-src 'none'", page.header("Content-Security-Policy"));
        assertFalse(page.headers().has("X-Frame-Options"), page::toString);
    }

    static void assertNotFramed(Page page) {
        assertTrue(page.header("Content-Security-Policy").contains("frame-ancestors 'none'"), page::toString);
    }
}
