package io.github.pkceauth.cluster;

import static io.github.pkceauth.cluster.Node.A;
import static io.github.pkceauth.cluster.Node.B;
import static io.github.pkceauth.cluster.Node.C;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Gate;
import io.github.pkceauth.testkit.Page;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that run out on all nodes at once, at a provider that takes no refresh token twice. */
class RefreshIT extends OnEachStore {

    RefreshIT(Cluster cluster) {
        super(cluster);
    }

    @AfterEach
    void giveLongLivedTokens() {
        cluster().provider().withAccessTokensFor(Duration.ofHours(1));
    }

    @Test
    void thirtyRequestsAtOnceMakeOneCallOfTheProvider() throws Exception {
        Browser browser = signedInWithExpiredTokens();
        int before = cluster().provider().refreshCalls();

        List<Page> pages = AtOnce.times(30, () -> browser.fetch(cluster().url("/api/me")));

        pages.forEach(OnEachStore::assertIsAlice);
        assertEquals(1, cluster().provider().refreshCalls() - before);
        assertLogins(1);
    }

    @Test
    void whatOneNodeHasRefreshedTheOthersUse() {
        Browser browser = signedInWithExpiredTokens();
        int before = cluster().provider().refreshCalls();

        for (Node node : Node.values()) {
            Page page = browser.fetch(cluster().url(node, "/api/resource"));

            assertEquals(200, page.status(), page::toString);
        }
        assertEquals(1, cluster().provider().refreshCalls() - before);
        assertLogins(1);
    }

    @Test
    void aNodeThatDiesInTheMiddleOfItLosesNobody() {
        Browser browser = signedInWithExpiredTokens();
        Gate gate = cluster().provider().refresh().once().waits();
        CompletableFuture<Page> lost =
                CompletableFuture.supplyAsync(() -> browser.fetch(cluster().url(A, "/api/me")));
        gate.awaitArrival();

        cluster().kill(A);

        lost.exceptionally(e -> null).join();
        assertIsAlice(browser.fetch(cluster().url(B, "/api/me")));
        assertIsAlice(browser.fetch(cluster().url(C, "/api/me")));
        assertLogins(1);
    }

    /** What was given out before is worth nothing by now, and what is given out from now on is good for an hour. */
    private Browser signedInWithExpiredTokens() {
        cluster().provider().withAccessTokensFor(Duration.ZERO);
        Browser browser = signedIn();
        cluster().provider().withAccessTokensFor(Duration.ofHours(1));
        return browser;
    }
}
