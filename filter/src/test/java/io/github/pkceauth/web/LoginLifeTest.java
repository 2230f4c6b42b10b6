package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.config.SessionLife;
import io.github.pkceauth.config.SessionLife.Policy;
import io.github.pkceauth.oidc.IssuedTokens;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.Login.Outage;
import io.github.pkceauth.web.LoginLife.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginLifeTest {

    private static final Duration GRACE = Duration.ofMinutes(5);

    private static Instant at(long seconds) {
        return Logins.START.plusSeconds(seconds);
    }

    private static LoginLife life(@Nullable Policy policy, @Nullable Duration maxAge, long now) {
        return new LoginLife(
                new SessionLife(Optional.ofNullable(policy), Optional.ofNullable(maxAge), GRACE, Duration.ofDays(1)),
                () -> at(now));
    }

    /** A login whose tokens expire so many seconds after the start; below zero they do not say when. */
    private static Login login(long accessToken, long idToken, boolean refreshes) {
        PkceUser user = mock(PkceUser.class);
        when(user.loginTime()).thenReturn(Logins.START);
        when(user.claims())
                .thenReturn(idToken < 0 ? Map.of() : Map.of("exp", at(idToken).getEpochSecond()));
        return Logins.of(
                user,
                new IssuedTokens(
                        "access",
                        accessToken < 0 ? null : at(accessToken),
                        "openid",
                        refreshes ? "refresh" : null,
                        idToken < 0 ? null : "id",
                        Logins.START,
                        null,
                        null));
    }

    @ParameterizedTest
    @CsvSource({
        // A fifth of the life ahead, and half a minute at the most.
        "3600, 3569, GOOD",
        "3600, 3570, DUE",
        "3600, 3599, DUE",
        "3600, 3600, STALE",
        "100, 79, GOOD",
        "100, 80, DUE",
        "100, 99, DUE",
        "100, 100, STALE",
        "150, 119, GOOD",
        "150, 120, DUE",
        "1, 0, GOOD",
        "0, 0, STALE",
        "-1, 1000000, GOOD",
        "3600, -3600, GOOD"
    })
    void anAccessTokenIsDueAheadOfItsExpiry(long expiry, long now, State expected) {
        Login login = login(expiry, -1, true);

        assertEquals(expected, life(null, null, now).ofTokens(login));
        assertEquals(expected, life(Policy.REFRESH, null, now).of(login));
        assertEquals(expected, life(null, null, now).of(login));
        assertEquals(State.GOOD, life(Policy.CONTAINER, null, now).of(login));
    }

    @ParameterizedTest
    @CsvSource({"-1, 100, 79, GOOD", "-1, 100, 80, DUE", "-1, 100, 100, STALE", "3600, 100, 100, GOOD"})
    void theIdTokensExpiryCountsWhereTheAccessTokenHasNone(long accessToken, long idToken, long now, State expected) {
        assertEquals(expected, life(Policy.REFRESH, null, now).of(login(accessToken, idToken, true)));
    }

    @Test
    void anIdTokenThatHadExpiredBeforeTheAccessTokenCameTellsNothingOfIt() {
        PkceUser user = mock(PkceUser.class);
        when(user.claims()).thenReturn(Map.of("exp", at(-1).getEpochSecond()));
        Login login =
                Logins.of(user, new IssuedTokens("access", null, "openid", "refresh", "id", Logins.START, null, null));

        assertEquals(State.GOOD, life(null, null, 1_000_000).ofTokens(login));
    }

    @ParameterizedTest
    @CsvSource({
        "100, -1, 99, GOOD",
        "100, -1, 100, ENDED",
        "-1, 100, 99, GOOD",
        "-1, 100, 100, ENDED",
        "-1, -1, 1000000, GOOD"
    })
    void byPolicyRefreshALoginWithoutARefreshTokenLastsAsLongAsWhatItHas(
            long accessToken, long idToken, long now, State expected) {
        assertEquals(expected, life(Policy.REFRESH, null, now).of(login(accessToken, idToken, false)));
    }

    @ParameterizedTest
    @CsvSource({"99, GOOD", "100, ENDED", "101, ENDED"})
    void byPolicyIdTokenALoginEndsWithItsIdToken(long now, State expected) {
        assertEquals(expected, life(Policy.ID_TOKEN, null, now).of(login(10, 100, true)));
    }

    @Test
    void byPolicyIdTokenALoginWithoutOneHasEnded() {
        assertEquals(State.ENDED, life(Policy.ID_TOKEN, null, 0).of(login(100, -1, true)));
    }

    @ParameterizedTest
    @CsvSource({
        "CONTAINER, 59, GOOD",
        "CONTAINER, 60, ENDED",
        "ID_TOKEN, 60, ENDED",
        "REFRESH, 59, GOOD",
        "REFRESH, 60, ENDED"
    })
    void theGreatestAgeGoesFirst(Policy policy, long now, State expected) {
        assertEquals(expected, life(policy, Duration.ofSeconds(60), now).of(login(100_000, 100_000, true)));
    }

    // Outages

    @ParameterizedTest
    @CsvSource({
        // The grace counts from the expiry, or from the first failure where that was later.
        "50, 399, true", "50, 400, false",
        "100, 399, true", "100, 400, false",
        "1000, 1299, true", "1000, 1300, false"
    })
    void theGraceBeginsWithTheExpiryOrTheFirstFailure(long since, long now, boolean expected) {
        Login login = login(100, -1, true).during(new Outage(at(since), at(since + 2)));

        assertEquals(expected, life(null, null, now).isWithinGrace(login));
    }

    @Test
    void thereIsNoGraceWithoutAnOutage() {
        assertFalse(life(null, null, 101).isWithinGrace(login(100, -1, true)));
    }

    @ParameterizedTest
    @CsvSource({"100, 2", "102, 2", "103, 3", "110, 10", "129, 29", "131, 30", "10000, 30"})
    void eachPauseIsAsLongAsTheOutageSoFarWithinLimits(long now, long pause) {
        Login before = login(100, -1, true).during(new Outage(at(100), at(100)));

        Outage outage = LoginLife.outage(before, at(now));

        assertEquals(at(100), outage.since());
        assertEquals(at(now + pause), outage.over());
    }

    @Test
    void theFirstFailureBeginsAnOutage() {
        assertEquals(new Outage(at(7), at(9)), LoginLife.outage(login(100, -1, true), at(7)));
    }

    @Test
    void anOutageThatBeganInTheFutureBeginsNow() {
        Login login = login(100, -1, true).during(new Outage(at(5000), at(5030)));

        assertEquals(new Outage(at(7), at(9)), LoginLife.outage(login, at(7)));
    }

    @ParameterizedTest
    @CsvSource({"129, true", "130, false", "100, true", "99, false", "-5000, false"})
    void aPauseLastsUntilItsEndAndNeverLongerThanTheLongest(long now, boolean expected) {
        Login login = login(100, -1, true).during(new Outage(at(90), at(130)));

        assertEquals(expected, life(null, null, now).isPausing(login));
    }

    @Test
    void withoutAnOutageThereIsNoPause() {
        assertFalse(life(null, null, 0).isPausing(login(100, -1, true)));
        assertTrue(life(null, null, 1)
                .isPausing(login(100, -1, true).during(LoginLife.outage(login(100, -1, true), at(0)))));
    }
}
