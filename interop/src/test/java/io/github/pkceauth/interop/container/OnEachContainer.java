package io.github.pkceauth.interop.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.RawHttp;
import io.github.pkceauth.testkit.ScriptedProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Tests that are the same for every container: with a provider that is honest at first, and has alice signed in. */
@ParameterizedClass(autoCloseArguments = false) // other classes use the same containers
@ArgumentsSource(EachContainer.class)
abstract class OnEachContainer {
    private final RunningContainer container;
    private final Browser browser = Browser.open();
    private int callsBefore;

    OnEachContainer(RunningContainer container) {
        this.container = container;
    }

    @BeforeEach
    final void beginHonestly() {
        provider().behaves().signInAs("alice");
        callsBefore = provider().requests().size();
    }

    final RunningContainer container() {
        return container;
    }

    final ScriptedProvider provider() {
        return container.provider();
    }

    /** The browser of this test. */
    final Browser browser() {
        return browser;
    }

    final String example(String path) {
        return container.example(path);
    }

    final String probe(String path) {
        return container.probe(path);
    }

    /** A client that sends what it is given, byte for byte. */
    final RawHttp raw() {
        return RawHttp.to(container.port());
    }

    /** A browser whose user has signed in to the example. */
    final Browser signedIn() {
        Browser other = Browser.open();
        assertIsAlice(other.navigateFully(example("/api/me")));
        return other;
    }

    /** A browser whose user has signed in to the probe. */
    final Browser signedInToProbe() {
        Browser other = Browser.open();
        Page page = other.navigateFully(probe("/echo"));
        assertEquals("alice", Told.by(page).user(), page::toString);
        return other;
    }

    /** That the example has served its user. */
    static void assertIsAlice(Page page) {
        assertEquals(200, page.status(), page::toString);
        assertEquals("alice", page.json().get("name"), page::toString);
    }

    /** How many requests of any kind this test has brought to the provider. */
    final int providerCalls() {
        return provider().requests().size() - callsBefore;
    }
}
