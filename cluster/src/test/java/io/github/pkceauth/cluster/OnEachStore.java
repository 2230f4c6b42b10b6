package io.github.pkceauth.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Tests on a cluster that is whole before each of them, once for every session store. */
@ParameterizedClass(autoCloseArguments = false) // other classes use the same clusters
@ArgumentsSource(EachStore.class)
abstract class OnEachStore {
    private final Cluster cluster;
    private int authorizationsBefore;
    private int tokenCallsBefore;

    OnEachStore(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    final void heal() {
        cluster.heal();
        authorizationsBefore = cluster.provider().calls(ScriptedProvider.AUTHORIZE);
        tokenCallsBefore = cluster.provider().calls(ScriptedProvider.TOKEN);
    }

    @AfterEach
    final void nothingOfTheSessionsWasRefused() {
        assertEquals(
                List.of(),
                cluster.refusedClasses(),
                "refused by " + cluster.store().serialFilter());
    }

    final Cluster cluster() {
        return cluster;
    }

    /** A browser whose user has signed in. */
    final Browser signedIn() {
        Browser browser = Browser.open();
        assertIsAlice(browser.navigateFully(cluster.url("/api/me")));
        return browser;
    }

    /** So many browsers whose users have signed in, each for itself. */
    final List<Browser> signedIn(int users) {
        return Stream.generate(this::signedIn).limit(users).toList();
    }

    /** That the application has served its user. */
    static void assertIsAlice(Page page) {
        assertEquals(200, page.status(), page::toString);
        assertEquals("alice", page.json().get("name"), page::toString);
    }

    /** That nobody had to sign in again: the filter mends a lost session without a word, but the provider notices. */
    final void assertLogins(int expected) {
        assertEquals(expected, cluster.provider().calls(ScriptedProvider.AUTHORIZE) - authorizationsBefore, "logins");
    }

    /** How many calls of the token endpoint this test has made. */
    final int tokenCalls() {
        return cluster.provider().calls(ScriptedProvider.TOKEN) - tokenCallsBefore;
    }
}
