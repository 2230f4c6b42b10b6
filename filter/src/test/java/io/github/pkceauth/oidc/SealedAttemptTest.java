package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.oidc.SealedAttempt.Opened;
import io.github.pkceauth.oidc.SealedAttempt.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedAttemptTest {
    private static final String REDIRECT_URI = "https://app.example/callback";
    private static final Place PLACE = new Place("login", Samples.ISSUER, Samples.CLIENT_ID, REDIRECT_URI);
    private static final SealingKeys KEYS = new SealingKeys(List.of(Hashes.of("a key")));
    private static final String NAME = "the-name";

    static Stream<LoginStart> starts() {
        LoginStart plain = LoginStart.to("/page?a=b&c=%C3%A4");
        AuthenticationRequirements required = new AuthenticationRequirements("urn:gold silver", 300);
        return Stream.of(
                plain,
                plain.again(),
                plain.silently(),
                LoginStart.to("/"),
                plain.requiring(required),
                plain.requiring(new AuthenticationRequirements("", 0)),
                plain.requiring(new AuthenticationRequirements("", -1, "payment https://bank.example/accounts")),
                LoginStart.to("/" + "\u00e4\u20ac".repeat(300))
                        .requiring(required)
                        .again());
    }

    @ParameterizedTest
    @MethodSource("starts")
    void whatIsSealedComesBackWhole(LoginStart start) {
        for (int i = 0; i < 20; i++) {
            LoginAttempt attempt = attempt(start);

            Opened opened = opened(SealedAttempt.of(attempt, PLACE, NAME, KEYS));

            assertEquals(attempt, opened.attempt(attempt.state(), PLACE));
            assertEquals(start.manner() == LoginStart.Manner.AGAIN, opened.isRestart());
        }
    }

    /** All that is told of it is that it was lost, on the page that the login leads to. */
    @ParameterizedTest
    @MethodSource("starts")
    void theKeyOfTheLoginComesBackWithIt(LoginStart start) {
        LoginAttempt attempt = LoginAttempt.of(
                Samples.provider(), start, REDIRECT_URI, TestClock.START, Duration.ofMinutes(10), DpopKey.generate());

        Opened opened = opened(SealedAttempt.of(attempt, PLACE, NAME, KEYS));

        assertEquals(attempt, opened.attempt(attempt.state(), PLACE));
    }

    @Test
    void ofAFormIsKeptThatThereWasOne() {
        LoginAttempt attempt = attempt(LoginStart.to("/edit").with(SentForm.lost("/edit", TestClock.START)));
        String sealed = SealedAttempt.of(attempt, PLACE, NAME, KEYS);

        SentForm form =
                Objects.requireNonNull(opened(sealed).attempt("a-state", PLACE).form());

        assertEquals("/edit", form.address());
        assertNull(form.body());
        assertEquals(form, opened(sealed).attempt("a-state", PLACE).form());
        assertNotEquals(
                form.id(),
                Objects.requireNonNull(opened(SealedAttempt.of(
                                        attempt(LoginStart.to("/edit").with(form)), PLACE, NAME, KEYS))
                                .attempt("a-state", PLACE)
                                .form())
                        .id());
    }

    @Test
    void itOpensInItsPlaceAlone() {
        String sealed = SealedAttempt.of(attempt(LoginStart.to("/")), PLACE, NAME, KEYS);

        assertNotNull(SealedAttempt.open(sealed, PLACE, NAME, KEYS));
        assertNull(SealedAttempt.open(sealed, PLACE, "another", KEYS));
        for (Place other : List.of(
                new Place("staff", Samples.ISSUER, Samples.CLIENT_ID, REDIRECT_URI),
                new Place("login", Samples.ISSUER + "/", Samples.CLIENT_ID, REDIRECT_URI),
                new Place("login", Samples.ISSUER, "another", REDIRECT_URI),
                new Place("login", Samples.ISSUER, Samples.CLIENT_ID, "http://app.example/callback"))) {
            assertNull(SealedAttempt.open(sealed, other, NAME, KEYS), other::toString);
            assertNotEquals(PLACE.tag(), other.tag());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "=", "not base64 at all", "\u00e4", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatNobodySealedDoesNotOpen(String text) {
        assertNull(SealedAttempt.open(text, PLACE, NAME, KEYS));
        assertNull(SealedAttempt.open(text.repeat(100), PLACE, NAME, KEYS));
    }

    @Test
    void noCharacterOfItCanBeChanged() {
        String sealed = SealedAttempt.of(attempt(LoginStart.to("/page/1")), PLACE, NAME, KEYS);
        for (int i = 0; i < sealed.length() - 1; i++) {
            String bent = sealed.substring(0, i) + (sealed.charAt(i) == 'A' ? 'B' : 'A') + sealed.substring(i + 1);

            assertNull(SealedAttempt.open(bent, PLACE, NAME, KEYS), "character " + i);
        }
    }

    /** During an update the nodes' versions differ, and share the key. */
    @Test
    void whatAnotherVersionHasSealedIsNoneOfOurs() {
        byte[] place = Hashes.of("pending login", "login", Samples.ISSUER, Samples.CLIENT_ID, REDIRECT_URI, NAME);
        byte[] later = new byte[100];
        later[0] = 3;
        String sealed = Base64.getUrlEncoder().withoutPadding().encodeToString(KEYS.seal(later, place));

        assertNull(SealedAttempt.open(sealed, PLACE, NAME, KEYS));
    }

    @Test
    void nothingOfItCanBeRead() {
        LoginAttempt attempt = attempt(LoginStart.to("/page"));
        String sealed = SealedAttempt.of(attempt, PLACE, NAME, KEYS);
        String bytes = new String(Base64.getUrlDecoder().decode(sealed), StandardCharsets.ISO_8859_1);

        for (String secret : List.of(attempt.state(), attempt.nonce(), attempt.codeVerifier(), "/page")) {
            assertFalse(sealed.contains(secret));
            assertFalse(bytes.contains(secret));
        }
        assertFalse(opened(sealed).toString().contains(attempt.codeVerifier()));
        assertFalse(
                SealedAttempt.nameOf(attempt.state()).contains(attempt.state().substring(0, 8)));
    }

    /** It comes along with every request of the browser, beside a dozen others. */
    @Test
    void itIsShort() {
        int length =
                SealedAttempt.of(attempt(LoginStart.to("/")), PLACE, NAME, KEYS).length();

        assertTrue(length <= 100, () -> length + " characters for a target of one");
    }

    private static Opened opened(String sealed) {
        return Objects.requireNonNull(SealedAttempt.open(sealed, PLACE, NAME, KEYS));
    }

    private static LoginAttempt attempt(LoginStart start) {
        return LoginAttempt.of(Samples.provider(), start, REDIRECT_URI, TestClock.START, Duration.ofMinutes(10), null);
    }
}
