package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.testkit.Logs;
import java.io.File;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedLoginTest {

    private static final Login LOGIN = login("the id of a login", Map.of("sub", "alice"));

    @AutoClose
    private final Logs logs = Logs.open();

    private static Login login(String id, Map<String, Object> claims) {
        // Of the very classes that the filter makes users of: no others are let through.
        PkceUser user = new VerifiedUser(
                "alice",
                "alice",
                Samples.ISSUER,
                "a-sid",
                Collections.unmodifiableSet(new LinkedHashSet<>(List.of("admin"))),
                Collections.unmodifiableMap(new LinkedHashMap<>(claims)),
                TestClock.START);
        Instant now = TestClock.START;
        return new Login(
                Samples.CLIENT_ID,
                id,
                user,
                new IssuedTokens("an-access-token", now, "openid", "a-refresh-token", "an-id-token", now, null, null),
                "a-nonce",
                now,
                7,
                new Login.Outage(now, now.plusSeconds(2)),
                new SentForm("the-id", "/save", "a=b", now),
                null);
    }

    @Test
    void whatIsSealedComesBackWhole() {
        assertEquals(Optional.of(LOGIN), SealedLogin.open(SealedLogin.of(LOGIN), LOGIN));
    }

    @Test
    void claimsOfEachKindComeBack() throws ParseException {
        Map<String, Object> claims = new LinkedHashMap<>(Json.frozen(Json.object("""
                {"text":"a","whole":1,"big":123456789012345678901234567890,"exact":1.25,"yes":true,"nothing":null,
                "list":["a",1,[2.5,{"b":null}]],"object":{"deep":{"deeper":[]}}}""")));
        Login login = login("the id of a login", Collections.unmodifiableMap(claims));

        assertEquals(Optional.of(login), SealedLogin.open(SealedLogin.of(login), login));
    }

    @Test
    void anOlderStateOfTheLoginOpensIt() {
        Login older = login("the id of a login", Map.of());

        assertEquals(Optional.of(LOGIN), SealedLogin.open(SealedLogin.of(LOGIN), older));
    }

    @Test
    void theStoreLearnsNothing() {
        String sealed = SealedLogin.of(LOGIN);

        for (String secret : List.of("an-access-token", "a-refresh-token", "alice", LOGIN.id())) {
            assertFalse(sealed.contains(secret));
        }
        assertFalse(sealed.equals(SealedLogin.of(LOGIN)), "each has an initialization vector of its own");
    }

    @Test
    void anotherLoginDoesNotOpenIt() {
        assertRefused(SealedLogin.of(LOGIN), login("another id", Map.of()));
    }

    @Test
    void whatWasChangedOnTheWayIsRefused() {
        String sealed = SealedLogin.of(LOGIN);
        String[] parts = sealed.split("\\.", -1);
        for (int part : new int[] {2, 3, 4}) {
            String[] changed = parts.clone();
            char first = parts[part].charAt(0);
            changed[part] = (first == 'A' ? 'B' : 'A') + parts[part].substring(1);
            assertRefused(String.join(".", changed), LOGIN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "....", "no JWE", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0...."})
    void whatIsNoSealedLoginIsRefused(String text) {
        assertRefused(text, LOGIN);
    }

    private static Stream<Object> foreigners() {
        return Stream.of(
                Locale.ROOT, new File("a"), new AtomicLong(), new AuthFailure(AuthFailure.Reason.LOGIN_ENDED, "over"));
    }

    @ParameterizedTest
    @MethodSource("foreigners")
    void objectsOfClassesThatNoLoginHasAreNotMade(Object foreigner) {
        Login foreign = login("the id of a login", Map.of("claim", foreigner));

        assertRefused(SealedLogin.of(foreign), LOGIN);
    }

    private void assertRefused(String text, Login known) {
        logs.clear();
        assertEquals(Optional.empty(), SealedLogin.open(text, known));
        assertTrue(
                logs.atLeast(Level.WARNING).stream()
                        .anyMatch(entry -> entry.message().contains("in a form that this one cannot read")),
                logs::text);
    }
}
