package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.api.LoginListener;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Container;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an application's listeners are told of refreshes and of logins that end by them. */
class RefreshEventsTest {

    @AutoClose
    private final URLClassLoader loader;

    RefreshEventsTest(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(LoginListener.class.getName()),
                Told.Failing.class.getName() + "\n" + Told.class.getName() + "\n");
        loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, LoginEventsTest.class.getClassLoader());
    }

    @BeforeEach
    void forget() {
        Told.events();
    }

    private AppBuilder listening(AppBuilder app) {
        return app.classLoader(loader);
    }

    private static LoginEvent onlyEvent() {
        List<LoginEvent> events = Told.events();
        assertEquals(1, events.size(), events::toString);
        return events.get(0);
    }

    private static void assertSignedOut(Cause cause) {
        LoginEvent.SignedOut event = assertInstanceOf(LoginEvent.SignedOut.class, onlyEvent());
        assertEquals(cause, event.cause());
        assertEquals("alice", event.user().getName());
    }

    @ParameterizedTest
    @EnumSource
    void listenersAreFoundByTheApplicationsClassLoader(Container container) {
        try (Stage stage = new Stage()) {
            App app = stage.start(listening(App.on(container)));

            stage.signedIn(app);

            assertInstanceOf(LoginEvent.SignedIn.class, onlyEvent());
        }
    }

    @Test
    void aRefreshIsToldWithTheClaimsAsTheyAreNow() {
        try (Scene scene = Refreshes.scene(this::listening)) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            Told.events();
            scene.provider.refreshedIdToken().withClaim("name", "Alice Anew");

            Refreshes.assertGoesOn(scene, 1);

            LoginEvent.Refreshed event = assertInstanceOf(LoginEvent.Refreshed.class, onlyEvent());
            assertEquals("Alice Anew", event.user().claims().get("name"));
        }
    }

    @Test
    void aRefreshThatFailsIsNotTold() {
        try (Scene scene = Refreshes.scene(this::listening)) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            Told.events();
            scene.provider.refresh().resets();

            Refreshes.assertGoesOn(scene, 1);

            assertEquals(List.of(), Told.events());
        }
    }

    @Test
    void aRefusedRefreshIsToldAsTheEndOfTheLogin() {
        try (Scene scene = Refreshes.scene(this::listening)) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            Told.events();
            scene.provider.endsGrants();

            scene.assertSignedOut();

            assertSignedOut(Cause.REFRESH_REFUSED);
        }
    }

    @Test
    void aLoginThatLastsNoLongerIsToldOnceHoweverManyRequestsFindOut() throws Exception {
        try (Scene scene = Refreshes.scene(app ->
                listening(app).filterParam("maxSessionAge", "PT1H").filterBefore("copies", new CopiedSessions(8)))) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            Told.events();

            Refreshes.together(scene, 8, "/page");

            assertSignedOut(Cause.EXPIRED);
        }
    }

    @Test
    void aListenerThatFailsIsLoggedAndChangesNothing() {
        try (Scene scene = Refreshes.scene(this::listening)) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.logs.clear();

            Refreshes.assertGoesOn(scene, 1);

            assertEquals(
                    1,
                    scene.logs.atLeast(Level.WARNING).stream()
                            .filter(entry -> entry.message().contains("a LoginListener has failed"))
                            .count());
            assertTrue(scene.logs.text().contains("this listener always fails"));
        }
    }
}
