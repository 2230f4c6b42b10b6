package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How users have signed in, and how they must have. */
class AuthenticationContextTest {

    private static final Instant NOW = TestClock.START;
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final AuthenticationRequirements NONE = AuthenticationRequirements.NONE;

    @ParameterizedTest
    @CsvSource({
        "gold, gold, true",
        "silver gold, gold, true",
        "gold, Gold, false",
        "gold, golden, false",
        "golden, gold, false",
        "gold silver, gold silver, false",
        "gold, '', false",
        "gold, , false",
        "'', , true",
        "'', anything, true",
    })
    void aClassIsOneOfThoseThatWillDoToTheLetter(String asked, @Nullable String acr, boolean isMet) {
        AuthenticationContext context = new AuthenticationContext(acr, null, NONE);

        assertEquals(isMet, context.meetsAcr(required(asked, -1)));
        assertEquals(isMet, context.meets(required(asked, -1), NOW, SKEW));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 60, true",
        "0, 61, false",
        "300, 360, true",
        "300, 361, false",
        "300, -60, true",
        "300, -61, false",
        "-1, 99999, true"
    })
    void anAgeIsMetUpToTheSkewOfClocks(long maxAge, long age, boolean isMet) {
        AuthenticationContext context = new AuthenticationContext(null, NOW.minusSeconds(age), NONE);

        assertEquals(isMet, context.meets(required("", maxAge), NOW, SKEW));
    }

    @Test
    void whatTheProviderDoesNotSayMeetsNothing() {
        assertFalse(AuthenticationContext.UNKNOWN.meets(required("", 1_000_000), NOW, SKEW));
        assertFalse(AuthenticationContext.UNKNOWN.meets(required("gold", -1), NOW, SKEW));
        assertTrue(AuthenticationContext.UNKNOWN.meets(NONE, NOW, SKEW));
    }

    @Test
    void bothHaveToBeMet() {
        AuthenticationContext context = new AuthenticationContext("gold", NOW, NONE);

        assertTrue(context.meets(required("gold", 0), NOW, SKEW));
        assertFalse(context.meets(required("silver", 0), NOW, SKEW));
        assertFalse(context.meets(required("gold", 0), NOW.plusSeconds(61), SKEW));
    }

    @Test
    void itIsReadFromTheIdToken() {
        AuthenticationRequirements asked = required("gold", 300);
        IdToken token = new IdToken(
                Samples.ISSUER, "alice", new Claims(Map.of("acr", "gold", "auth_time", NOW.getEpochSecond())));

        assertEquals(new AuthenticationContext("gold", NOW, asked), AuthenticationContext.of(token, asked));
    }

    @Test
    void whatIsNoTextAndNoTimeIsNothing() {
        IdToken token = new IdToken(
                Samples.ISSUER,
                "alice",
                new Claims(Map.of("acr", List.of("gold"), "auth_time", String.valueOf(NOW.getEpochSecond()))));

        assertEquals(new AuthenticationContext(null, null, NONE), AuthenticationContext.of(token, NONE));
        assertEquals(AuthenticationContext.UNKNOWN, AuthenticationContext.of(null, NONE));
    }

    @Test
    void whatWasAskedIsKnownWithoutAnIdTokenToo() {
        AuthenticationRequirements asked = new AuthenticationRequirements("", -1, "payment");

        assertEquals(new AuthenticationContext(null, null, asked), AuthenticationContext.of(null, asked));
    }

    @Test
    void whatIsToBeGrantedIsOfThePartAndOfTheWhole() {
        AuthenticationRequirements part = new AuthenticationRequirements("gold", 300, "payment account");
        AuthenticationRequirements whole = new AuthenticationRequirements("silver", 5, "account mandate");

        assertEquals(new AuthenticationRequirements("gold", 300, "payment account mandate"), part.within(whole));
    }

    @Test
    void aPartGoesBeforeTheWhole() {
        assertEquals(required("gold", 300), required("gold", 300).within(required("silver", 5)));
        assertEquals(required("silver", 300), required("", 300).within(required("silver", 5)));
        assertEquals(required("gold", 5), required("gold", -1).within(required("silver", 5)));
        assertEquals(required("gold", 0), required("gold", 0).within(required("", 5)));
        assertTrue(NONE.within(NONE).isNone());
    }

    @Test
    void anAgeIsAsStrictAsALongerOne() {
        assertTrue(required("", 0).isAsStrictOnAge(required("", 0)));
        assertTrue(required("", 5).isAsStrictOnAge(required("", 6)));
        assertFalse(required("", 6).isAsStrictOnAge(required("", 5)));
        assertFalse(NONE.isAsStrictOnAge(required("", 5)));
    }

    private static AuthenticationRequirements required(String acr, long maxAge) {
        return new AuthenticationRequirements(acr, maxAge);
    }

    @Test
    void aTimeToComeMeetsNoLimit() {
        AuthenticationRequirements recent = new AuthenticationRequirements("", 300);
        Instant now = TestClock.START;
        Duration skew = Duration.ofSeconds(60);

        assertTrue(signedInAt(now.plusSeconds(60)).meets(recent, now, skew));
        assertFalse(signedInAt(now.plusSeconds(61)).meets(recent, now, skew));
    }

    private static AuthenticationContext signedInAt(Instant authTime) {
        return new AuthenticationContext(null, authTime, AuthenticationRequirements.NONE);
    }
}
