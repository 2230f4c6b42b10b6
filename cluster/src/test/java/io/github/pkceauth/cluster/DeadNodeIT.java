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

/** A node that falls without a word takes nobody's login with it. */
class DeadNodeIT extends OnEachStore {

    /** So many that some of what they have lies on every node. */
    private static final int USERS = 10;

    DeadNodeIT(Cluster cluster) {
        super(cluster);
    }

    @Test
    void loginsThatItHasBegunAreCompletedByTheOthers() {
        List<Browser> browsers = new ArrayList<>();
        List<Page> answers = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            Browser browser = Browser.open();
            cluster().nextRequestsGoTo(A);
            browsers.add(browser);
            answers.add(browser.follow(browser.navigate(cluster().url("/api/me"))));
        }

        cluster().kill(A);

        for (int i = 0; i < USERS; i++) {
            assertIsAlice(browsers.get(i).followFully(answers.get(i)));
        }
        assertLogins(USERS);
        assertEquals(USERS, tokenCalls());
    }

    @Test
    void usersWhoHaveSignedInOnItAreStillSignedIn() {
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            cluster().nextRequestsGoTo(B, B, B);
            browsers.add(signedIn());
        }

        cluster().kill(B);

        for (Browser browser : browsers) {
            assertIsAlice(browser.fetch(cluster().url(A, "/api/me")));
            assertIsAlice(browser.fetch(cluster().url(C, "/api/me")));
        }
        assertLogins(USERS);
    }
}
