package io.github.pkceauth.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.pkceauth.testkit.Browser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.util.ClassLoadingObjectInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * {@link SerialFilter}'s pattern on what the filter really keeps. That it is wide enough every test shows, as all nodes
 * run with it.
 */
class SerialFilterIT extends OnEachStore {

    SerialFilterIT(Cluster cluster) {
        super(cluster);
    }

    @AfterEach
    void forgetClaims() {
        cluster().provider().signInAs("alice");
    }

    @Test
    void claimsOfEveryKindOfJsonReachAllNodes() {
        Map<String, Object> claims = claimsOfEveryKind();
        cluster().provider().signInAs("alice", claims);
        Browser browser = signedIn();

        for (Node node : Node.values()) {
            Object seen = browser.fetch(cluster().url(node, "/api/me")).json().get("claims");

            assertTrue(seen instanceof Map<?, ?> all && all.keySet().containsAll(claims.keySet()), () -> "" + seen);
        }
        assertLogins(1);
    }

    @Test
    void nothingInThePatternCouldBeLeftOut() throws Exception {
        assumeTrue(cluster().store() == SessionStore.JDBC, "a store that shows what it holds");
        cluster().provider().signInAs("alice", claimsOfEveryKind());
        Browser browser = signedIn();
        browser.navigate(cluster().url("/login?returnTo=/api/me"));
        List<byte[]> sessions = cluster().storedSessions();
        List<String> pattern = Arrays.asList(SerialFilter.SESSION.split(";", -1));

        assertFalse(sessions.isEmpty());
        assertEquals(List.of(), refused(sessions, pattern));
        for (String entry : pattern) {
            List<String> others = new ArrayList<>(pattern);
            others.remove(entry);
            assertFalse(refused(sessions, others).isEmpty(), () -> entry + " is in the pattern for nothing");
        }
    }

    private static Map<String, Object> claimsOfEveryKind() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("whole", 42);
        claims.put("large", 12_345_678_901L);
        claims.put("broken", 1.5);
        claims.put("yes", true);
        claims.put("list", List.of("a", 1, List.of(), Map.of()));
        claims.put("object", Map.of("nested", Map.of("deep", List.of(2.5, false))));
        return claims;
    }

    private static List<String> refused(List<byte[]> sessions, List<String> pattern) throws Exception {
        ObjectInputFilter filter = ObjectInputFilter.Config.createFilter(String.join(";", pattern) + ";!*");
        List<String> refused = new ArrayList<>();
        for (byte[] session : sessions) {
            SessionData data = new SessionData("", "", "", 0, 0, 0, 0);
            try (ClassLoadingObjectInputStream in =
                    new ClassLoadingObjectInputStream(new ByteArrayInputStream(session))) {
                in.setObjectInputFilter(filter);
                SessionData.deserializeAttributes(data, in);
            } catch (InvalidClassException e) {
                refused.add(String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw new AssertionError("Not a session", e);
            }
        }
        return refused;
    }
}
