package io.github.pkceauth.interop.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators see of a filter at the start of its application. */
class StartIT extends OnEachContainer {

    StartIT(RunningContainer container) {
        super(container);
    }

    @Test
    void anApplicationWhoseFilterIsMisconfiguredIsNotServed() {
        Browser signedIn = signedIn();

        for (String path : List.of("/", "/echo/x", "/health", "/callback")) {
            // Jetty answers in its place; in the others it is as though it were not there, and the root has its say.
            int expected = container().kind().name().startsWith("JETTY") ? 503 : 404;
            Page page = signedIn.fetch(container().broken(path));

            assertEquals(expected, page.status(), page::toString);
            Own.assertTellsNothingOfTheInside(page);
        }
    }

    @Test
    void theLogNamesAllMistakesAtOnce() {
        List<String> log = container().log().lines().toList();
        int start = firstLineWith(log, "SEVERE io.github.pkceauth: ");

        assertTrue(log.get(start).contains("'broken'"), log.get(start));
        assertTrue(log.get(start + 1).contains("clockSkew = 'a minute'"), log.get(start + 1));
        assertTrue(log.get(start + 2).contains("publicPaths = 'health'"), log.get(start + 2));
        assertTrue(log.get(start + 3).contains("did you mean callbackPath?"), log.get(start + 3));
    }

    @Test
    void theLogNamesTheSourceOfEachParameter() {
        List<String> log = container().log().lines().toList();

        String line = log.get(firstLineWith(log, "PkceAuthFilter 'pkce'"));

        assertTrue(line.contains("issuer"), line);
        assertTrue(line.contains("PKCE_ISSUER"), line);
        assertTrue(line.contains("publicPaths"), line);
    }

    @Test
    void theOtherApplicationsAreServedAllTheSame() {
        assertEquals(200, browser().navigate(example("/health")).status());
    }

    private static int firstLineWith(List<String> log, String text) {
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError("Nothing of " + text + " in the log");
    }
}
