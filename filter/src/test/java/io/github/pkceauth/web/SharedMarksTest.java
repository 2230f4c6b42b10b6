package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.LogoutNotice;
import io.github.pkceauth.testkit.Logs;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with marks that are kept elsewhere. */
class SharedMarksTest {

    private final Shelf shelf = new Shelf();
    private final EndedLogins endedLogins = new EndedLogins(
            new SharedMarks(new SharedState(shelf, "a client", "ended logins")),
            Duration.ofMinutes(10),
            Duration.ofDays(1));

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "99999999999999999999", "1 2"})
    void whatSomebodyElseHasWrittenIsNeitherAMarkNorNone(String poison) throws Exception {
        LogoutNotice notice = Logins.notice(Logins.START, "alice", null);
        endedLogins.add(notice);
        shelf.poison(poison);

        assertStoreUnavailable(assertThrows(AuthFailure.class, () -> endedLogins.find(Logins.of("alice", "s1"))));
        assertStoreUnavailable(assertThrows(AuthFailure.class, () -> endedLogins.add(notice)));
    }

    @Test
    void aLogoutIsNotStoppedByAStoreThatIsAway() throws Exception {
        shelf.breaks();

        try (Logs logs = Logs.open()) {
            endedLogins.add(Logins.of("alice", "s1"));

            assertEquals(
                    List.of("a logout is not known to other nodes: the store of ended logins cannot be used: nobody"
                            + " answers"),
                    logs.atLeast(Level.WARNING).stream()
                            .map(Logs.Entry::message)
                            .toList());
        }
        assertStoreUnavailable(assertThrows(AuthFailure.class, () -> endedLogins.find(Logins.of("alice", "s1"))));
    }

    private static void assertStoreUnavailable(AuthFailure failure) {
        assertEquals(Reason.STORE_UNAVAILABLE, failure.reason());
    }
}
