package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.store.MemoryStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Marks in a server's own memory, which is bounded, and which every request asks. */
class OwnMarksTest {

    private final OwnMarks marks = new OwnMarks("ended logins", () -> new MemoryStore(1, System::nanoTime));
    private final EndedLogins endedLogins = new EndedLogins(marks, Duration.ofMinutes(10), Duration.ofDays(1));

    /** The provider is told, and sends its notice again. */
    @Test
    void aNoticeThatThereIsNoRoomForIsRefused() throws Exception {
        endedLogins.add(Logins.notice(Logins.START, null, "s1"));

        AuthFailure failure =
                assertThrows(AuthFailure.class, () -> endedLogins.add(Logins.notice(Logins.START, null, "s2")));

        assertEquals(Reason.STORE_UNAVAILABLE, failure.reason());
        assertEquals(
                "the store of ended logins cannot be used: this server's memory of them is full, at 1",
                failure.getMessage());
    }

    @Test
    void sessionsThatFillTheirRoomLeaveThatOfTheSubjectsAlone() throws Exception {
        endedLogins.add(Logins.notice(Logins.START, null, "s1"));

        endedLogins.add(Logins.notice(Logins.START, "alice", null));

        assertEquals(Optional.of(Cause.BACKCHANNEL_LOGOUT), endedLogins.find(Logins.of("alice", "s2")));
    }
}
