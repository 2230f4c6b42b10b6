package io.github.pkceauth.cluster;

import static io.github.pkceauth.cluster.Node.A;
import static io.github.pkceauth.cluster.Node.B;
import static io.github.pkceauth.cluster.Node.C;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that falls without a word. */
class DeadNodeIT extends OnEachStore {

    /** So many that some of what they have lies on every node. */
    private static final int USERS = 10;

    DeadNodeIT(Cluster cluster) {
        super(cluster);
    }

    @Test
    void takesNoLoginWithItThatIsDoneOrUnderWay() {
        List<Browser> signedIn = new ArrayList<>();
        List<Browser> onTheWay = new ArrayList<>();
        List<Page> answers = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            cluster().nextRequestsGoTo(A, A, A);
            signedIn.add(signedIn());
            Browser browser = Browser.open();
            cluster().nextRequestsGoTo(A);
            onTheWay.add(browser);
            answers.add(browser.follow(browser.navigate(cluster().url("/api/me"))));
        }

        cluster().kill(A);

        for (int i = 0; i < USERS; i++) {
            assertIsAlice(onTheWay.get(i).followFully(answers.get(i)));
            assertIsAlice(signedIn.get(i).fetch(cluster().url(B, "/api/me")));
            assertIsAlice(signedIn.get(i).fetch(cluster().url(C, "/api/me")));
        }
        assertLogins(2 * USERS);
        assertEquals(2 * USERS, tokenCalls());
    }
}
