package io.github.pkceauth.cluster;

import static io.github.pkceauth.cluster.Node.C;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The provider tells one node, any of them, that a user has signed out. */
class BackChannelLogoutIT extends OnEachStore {

    BackChannelLogoutIT(Cluster cluster) {
        super(cluster);
    }

    /** The one that was told of has ended at the provider, with whatever is signed in by it in the same second. */
    @AfterEach
    void beginAnotherSessionAtTheProvider() {
        cluster().provider().signInAs("alice");
    }

    @Test
    void aNoticeToOneNodeEndsTheLoginOnAll() {
        cluster().provider().signInAs("alice");
        Browser browser = signedIn();

        Page answer = cluster().provider().sendsLogoutToken(cluster().url(C, Cluster.BACKCHANNEL_LOGOUT));

        assertEquals(200, answer.status(), answer::toString);
        for (Node node : Node.values()) {
            assertEquals(401, browser.fetch(cluster().url(node, "/api/me")).status(), node::name);
        }
    }

    @Test
    void aNoticeThatCameToANodeWhichHasDiedSinceHolds() {
        cluster().provider().signInAs("alice");
        Browser browser = signedIn();
        cluster().provider().sendsLogoutToken(cluster().url(C, Cluster.BACKCHANNEL_LOGOUT));

        cluster().kill(C);

        assertEquals(401, browser.fetch(cluster().url("/api/me")).status());
    }
}
