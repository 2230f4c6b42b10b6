package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginThroughTheKitTest {
    @ParameterizedTest
    @EnumSource
    void browserIsSentToTheProviderAndComesBackSignedIn(Container container) {
        try (ScriptedProvider provider = ScriptedProvider.start();
                App app =
                        App.on(container).contextPath("/app").against(provider).start();
                Browser browser = Browser.open()) {
            Page page = browser.navigateFully(app.url("/hello?x=1"));
            assertEquals("alice", page.seen().remoteUser());
            assertEquals("/app/hello", page.seen().requestUri());
            assertEquals("x=1", page.seen().query());
            assertEquals(1, provider.calls("/token"));
            assertEquals(1, app.sessions().count());
            assertEquals(401, Browser.open().fetch(app.url("/hello")).status());
        }
    }
}
