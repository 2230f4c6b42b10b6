package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.oidc.IssuedTokens;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.LogoutNotice;
import io.github.pkceauth.testkit.Logs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndedLoginsTest {

    private static final Instant LOGIN = Logins.START;
    private static final Duration DAY = Duration.ofDays(1);

    private final Shelf shelf = new Shelf();
    private final EndedLogins endedLogins =
            new EndedLogins(new SharedState(shelf, "a client", "ended logins"), Duration.ofMinutes(10), DAY);

    @Test
    void aLoginThatNothingIsKnownOfHasNotEnded() throws Exception {
        assertEquals(Optional.empty(), endedLogins.find(login("alice", "s1")));
    }

    @Test
    void aLoginThatIsMarkedHasEndedByALogout() throws Exception {
        endedLogins.add(login("alice", "s1"));

        assertEquals(Optional.of(Cause.LOGOUT), endedLogins.find(login("alice", "s1")));
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true", "3600, true"})
    void aNoticeEndsTheLoginsUntilItsOwnSecond(int seconds, boolean ends) throws Exception {
        endedLogins.add(notice(LOGIN.plusSeconds(seconds), null, "s1"));

        assertEquals(
                ends ? Optional.of(Cause.BACKCHANNEL_LOGOUT) : Optional.empty(),
                endedLogins.find(login("alice", "s1")));
    }

    @Test
    void aNoticeThatCameLateDoesNotTakeBackALaterOne() throws Exception {
        endedLogins.add(notice(LOGIN.plusSeconds(10), null, "s1"));
        endedLogins.add(notice(LOGIN.minusSeconds(10), null, "s1"));

        assertEquals(Optional.of(Cause.BACKCHANNEL_LOGOUT), endedLogins.find(login("alice", "s1")));
    }

    @Test
    void aLaterNoticeTakesThePlaceOfAnEarlierOne() throws Exception {
        endedLogins.add(notice(LOGIN.minusSeconds(10), null, "s1"));
        endedLogins.add(notice(LOGIN.plusSeconds(10), null, "s1"));

        assertEquals(Optional.of(Cause.BACKCHANNEL_LOGOUT), endedLogins.find(login("alice", "s1")));
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
        endedLogins.add(notice(LOGIN, ofSubject, ofSid));

        assertEquals(ends, endedLogins.find(login(subject, sid)).isPresent());
    }

    /** In plain OAuth 2.0 the subject is a name that users may choose themselves. */
    @ParameterizedTest
    @ValueSource(strings = {"without sid alice", "sid s1", "alice s1", " alice"})
    void noSubjectCanBeMistakenForAnotherPersonsMark(String subject) throws Exception {
        endedLogins.add(notice(LOGIN, subject, null));
        endedLogins.add(notice(LOGIN, subject, "another session"));

        assertEquals(Optional.empty(), endedLogins.find(login("alice", null)));
        assertEquals(Optional.empty(), endedLogins.find(login("alice", "s1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "99999999999999999999", "1 2"})
    void whatSomebodyElseHasWrittenIsNeitherAMarkNorNone(String poison) throws Exception {
        endedLogins.add(notice(LOGIN, "alice", null));
        shelf.poison(poison);

        assertStoreUnavailable(assertThrows(AuthFailure.class, () -> endedLogins.find(login("alice", "s1"))));
        assertStoreUnavailable(assertThrows(AuthFailure.class, () -> endedLogins.add(notice(LOGIN, "alice", null))));
    }

    @Test
    void aLogoutIsNotStoppedByAStoreThatIsAway() throws Exception {
        shelf.breaks();

        try (Logs logs = Logs.open()) {
            endedLogins.add(login("alice", "s1"));

            assertEquals(
                    List.of("a logout is not known to other nodes: the store of ended logins cannot be used: nobody"
                            + " answers"),
                    logs.atLeast(Level.WARNING).stream()
                            .map(Logs.Entry::message)
                            .toList());
        }
        assertStoreUnavailable(assertThrows(AuthFailure.class, () -> endedLogins.find(login("alice", "s1"))));
    }

    private static void assertStoreUnavailable(AuthFailure failure) {
        assertEquals(Reason.STORE_UNAVAILABLE, failure.reason());
    }

    private static LogoutNotice notice(Instant issued, @Nullable String subject, @Nullable String sid) {
        return new LogoutNotice(
                "a-jti", issued, issued.plusSeconds(120), Optional.ofNullable(subject), Optional.ofNullable(sid));
    }

    private static Login login(String subject, @Nullable String sid) {
        PkceUser user = mock(PkceUser.class);
        when(user.subject()).thenReturn(subject);
        when(user.sid()).thenReturn(sid);
        return Logins.of(user, new IssuedTokens("an-access-token", null, "openid", null, null, LOGIN));
    }
}
