package io.github.pkceauth.cluster;

import static io.github.pkceauth.cluster.Node.A;
import static io.github.pkceauth.cluster.Node.B;
import static io.github.pkceauth.cluster.Node.C;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Users of whom no node sees the whole. */
class LoginAcrossNodesIT extends OnEachStore {

    LoginAcrossNodesIT(Cluster cluster) {
        super(cluster);
    }

    @Test
    void aLoginBegunOnOneNodeIsCompletedOnAnotherAndServedByTheThird() {
        Browser browser = Browser.open();
        cluster().nextRequestsGoTo(A, B, C);

        Page page = browser.navigateFully(cluster().url("/api/me"));

        assertIsAlice(page);
        assertEquals(List.of(A, B, C), Cluster.servedBy(browser));
        assertLogins(1);
    }

    @Test
    void eachNodeAnswersASignedInUser() {
        Browser browser = signedIn();

        for (Node node : Node.values()) {
            Page page = browser.fetch(cluster().url(node, "/api/me"));

            assertIsAlice(page);
            assertEquals(node, Cluster.servedBy(page));
        }
        assertLogins(1);
    }

    @Test
    void thirtyRequestsAtOnceAreAllAnswered() throws Exception {
        Browser browser = signedIn();

        List<Page> pages = AtOnce.times(30, () -> browser.fetch(cluster().url("/api/me")));

        pages.forEach(OnEachStore::assertIsAlice);
        Set<Node> served = pages.stream()
                .map(Cluster::servedBy)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Node.class)));
        assertEquals(EnumSet.allOf(Node.class), served);
        assertLogins(1);
    }

    @Test
    void aLogoutOnOneNodeHoldsOnTheOthers() {
        Browser browser = signedIn();

        browser.post(cluster().url("/logout"), Map.of());

        for (Node node : Node.values()) {
            assertEquals(401, browser.fetch(cluster().url(node, "/api/me")).status(), node::name);
        }
    }
}
