package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import org.junit.jupiter.api.Test;

class LoginTest {

    @Test
    void aUserComesBackSignedInToTheVeryPageThatWasAskedFor() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start();
                App app = App.jetty().against(provider).start();
                Browser browser = Browser.open()) {
            Page page = browser.navigateFully(app.url("/reports?year=2026&q=a%20b"));

            assertEquals(app.url("/reports?year=2026&q=a%20b"), page.uri().toString());
            assertEquals("alice", page.seen().remoteUser());
        }
    }
}
