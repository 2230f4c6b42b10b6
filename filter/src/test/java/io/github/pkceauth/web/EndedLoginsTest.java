package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In a store that the nodes share, and in one server's own memory, alike. */
@ParameterizedClass
@EnumSource
class EndedLoginsTest {

    private static final Instant LOGIN = Logins.START;
    private static final Duration DAY = Duration.ofDays(1);

    private final EndedLogins endedLogins;

    EndedLoginsTest(Place place) {
        endedLogins = new EndedLogins(place.empty(), Duration.ofMinutes(10), DAY);
    }

    /** Where marks are. */
    enum Place {
        OWN_MEMORY,
        SHARED_STORE;

        LogoutMarks empty() {
            return this == OWN_MEMORY
                    ? new OwnMarks("ended logins", () -> new MemoryStore(10, System::nanoTime))
                    : new SharedMarks(new SharedState(new Shelf(), "a client", "ended logins"));
        }
    }

    @Test
    void aLoginThatNothingIsKnownOfHasNotEnded() throws Exception {
        assertEquals(Optional.empty(), endedLogins.find(Logins.of("alice", "s1")));
    }

    @Test
    void aLoginThatIsMarkedHasEndedByALogout() throws Exception {
        endedLogins.add(Logins.of("alice", "s1"));

        assertEquals(Optional.of(Cause.LOGOUT), endedLogins.find(Logins.of("alice", "s1")));
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true", "3600, true"})
    void aNoticeEndsTheLoginsUntilItsOwnSecond(int seconds, boolean ends) throws Exception {
        endedLogins.add(Logins.notice(LOGIN.plusSeconds(seconds), null, "s1"));

        assertEquals(
                ends ? Optional.of(Cause.BACKCHANNEL_LOGOUT) : Optional.empty(),
                endedLogins.find(Logins.of("alice", "s1")));
    }

    @Test
    void aNoticeThatCameLateDoesNotTakeBackALaterOne() throws Exception {
        endedLogins.add(Logins.notice(LOGIN.plusSeconds(10), null, "s1"));
        endedLogins.add(Logins.notice(LOGIN.minusSeconds(10), null, "s1"));

        assertEquals(Optional.of(Cause.BACKCHANNEL_LOGOUT), endedLogins.find(Logins.of("alice", "s1")));
    }

    @Test
    void aLaterNoticeTakesThePlaceOfAnEarlierOne() throws Exception {
        endedLogins.add(Logins.notice(LOGIN.minusSeconds(10), null, "s1"));
        endedLogins.add(Logins.notice(LOGIN.plusSeconds(10), null, "s1"));

        assertEquals(Optional.of(Cause.BACKCHANNEL_LOGOUT), endedLogins.find(Logins.of("alice", "s1")));
    }

    @ParameterizedTest
    @CsvSource({
        "alice,    , alice, s1, true",
        "alice,    , alice,   , true",
        "alice,    , bob,   s1, false",
        "     ,  s1, alice, s1, true",
        "     ,  s1, alice, s2, false",
        "     ,  s1, alice,   , false",
        "alice,  s1, alice, s1, true",
        "alice,  s1, alice, s2, false",
        "alice,  s1, alice,   , true",
        "alice,  s1, bob,     , false"
    })
    void aNoticeEndsTheLoginsThatItIsAboutAlone(
            @Nullable String ofSubject, @Nullable String ofSid, String subject, @Nullable String sid, boolean ends)
            throws Exception {
        endedLogins.add(Logins.notice(LOGIN, ofSubject, ofSid));

        assertEquals(ends, endedLogins.find(Logins.of(subject, sid)).isPresent());
    }

    /** In plain OAuth 2.0 the subject is a name that users may choose themselves. */
    @ParameterizedTest
    @ValueSource(strings = {"without sid alice", "sid s1", "alice s1", " alice"})
    void noSubjectCanBeMistakenForAnotherPersonsMark(String subject) throws Exception {
        endedLogins.add(Logins.notice(LOGIN, subject, null));
        endedLogins.add(Logins.notice(LOGIN, subject, "another session"));

        assertEquals(Optional.empty(), endedLogins.find(Logins.of("alice", null)));
        assertEquals(Optional.empty(), endedLogins.find(Logins.of("alice", "s1")));
    }
}
