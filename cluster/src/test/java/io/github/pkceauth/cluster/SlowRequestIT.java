package io.github.pkceauth.cluster;

import static io.github.pkceauth.cluster.Node.A;
import static io.github.pkceauth.cluster.Node.B;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Gate;
import io.github.pkceauth.testkit.Page;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A request that is under way on one node while the session changes on another. When it ends, Jetty writes the session
 * back as the request had found it, even where nothing in it has changed and where it is no longer there. Tomcat's
 * replication changes and ends the very session that the request has, and sends nothing that the request did not change.
 */
class SlowRequestIT extends OnEachStore {

    SlowRequestIT(Cluster cluster) {
        super(cluster);
    }

    @AfterEach
    void giveLongLivedTokens() {
        cluster().provider().withAccessTokensFor(Duration.ofHours(1));
    }

    @Test
    void doesNotUndoALogout() {
        Browser browser = signedIn();
        Gate gate = cluster().provider().resource().waits();
        CompletableFuture<Page> slow = slowRequest(browser);
        gate.awaitArrival();

        cluster().nextRequestsGoTo(B);
        Page out = Browser.open().copyCookiesFrom(browser).post(cluster().url("/logout"), Map.of());
        gate.open();
        end(slow);

        assertEquals(303, out.status(), out::toString);
        for (Node node : Node.values()) {
            assertEquals(401, browser.fetch(cluster().url(node, "/api/me")).status(), node::name);
        }
    }

    @Test
    void doesNotUndoARefresh() {
        cluster().provider().withAccessTokensFor(Duration.ofSeconds(2));
        Browser browser = signedIn();
        cluster().provider().withAccessTokensFor(Duration.ofHours(1));
        int before = cluster().provider().refreshCalls();
        Gate gate = cluster().provider().resource().waits();
        CompletableFuture<Page> slow = slowRequest(browser);
        gate.awaitArrival();

        while (cluster().provider().refreshCalls() == before) {
            assertIsAlice(browser.fetch(cluster().url(B, "/api/me")));
        }
        gate.open();
        end(slow);

        for (Node node : Node.values()) {
            assertIsAlice(browser.fetch(cluster().url(node, "/api/me")));
        }
        assertEquals(1, cluster().provider().refreshCalls() - before);
        assertLogins(1);
    }

    private CompletableFuture<Page> slowRequest(Browser browser) {
        return CompletableFuture.supplyAsync(() -> browser.fetch(cluster().url(A, "/api/resource")));
    }

    private static Page end(CompletableFuture<Page> request) {
        return request.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
