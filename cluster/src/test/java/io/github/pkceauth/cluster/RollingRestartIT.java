package io.github.pkceauth.cluster;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An update of the application, node by node. */
class RollingRestartIT extends OnEachStore {

    private static final int USERS = 5;

    RollingRestartIT(Cluster cluster) {
        super(cluster);
    }

    @Test
    void signsNobodyOutAndLosesNoLoginUnderWay() {
        List<Browser> browsers = signedIn(USERS);
        Browser late = Browser.open();
        Page answer = late.follow(late.navigate(cluster().url("/api/me")));

        for (Node node : Node.values()) {
            cluster().stop(node);
            browsers.forEach(browser -> assertIsAlice(browser.fetch(cluster().url("/api/me"))));
            cluster().restart(node);
        }

        browsers.forEach(browser -> assertIsAlice(browser.fetch(cluster().url("/api/me"))));
        assertIsAlice(late.followFully(answer));
        assertLogins(USERS + 1);
    }
}
