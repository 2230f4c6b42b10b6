package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is in sessions is read by other versions of the filter, on nodes that are not updated yet or
 * have just been. The files beside this test are what versions have written; one that is there stays.
 */
class SerializedFormTest {

    /** {@code -Dgolden.write} writes the files anew: for a new file, never in place of one that was released. */
    private static final boolean WRITES = System.getProperty("golden.write") != null;

    private static final DpopKey KEY = DpopKey.of(new byte[DpopKey.BYTES]);

    private static final AuthenticationRequirements WHOLE = new AuthenticationRequirements("gold silver", 300);

    private static final AuthenticationRequirements BOUND =
            new AuthenticationRequirements("gold silver", 300, "payment account");

    private static final Path FILES = Path.of("src/test/resources/io/github/pkceauth/oidc");

    @Test
    void aLoginOfThisVersionIsWrittenAsItWasReleased() throws Exception {
        assertGolden("login-4.txt", boundLogin());
    }

    @Test
    void aPendingLoginOfThisVersionIsWrittenAsItWasReleased() throws Exception {
        assertGolden("attempt-5.txt", boundAttempt());
    }

    @Test
    void everyLoginThatWasEverWrittenIsRead() throws Exception {
        assertEquals(login(), read(golden("login-1.txt")));
        assertEquals(loginWithForm(), read(golden("login-2.txt")));
        assertEquals(wholeLogin(), read(golden("login-3.txt")));
        assertEquals(boundLogin(), read(golden("login-4.txt")));
    }

    @Test
    void everyPendingLoginThatWasEverWrittenIsRead() throws Exception {
        assertEquals(attemptWithForm(), read(golden("attempt-3.txt")));
        assertEquals(wholeAttempt(), read(golden("attempt-4.txt")));
        assertEquals(boundAttempt(), read(golden("attempt-5.txt")));
    }

    /** As from a node that has been updated already, and writes more than this one knows of. */
    @Test
    void aLoginOfALaterVersionIsReadWithoutWhatThisOneDoesNotKnow(@TempDir Path folder) throws Exception {
        byte[] later = OtherVersion.of(folder, """
                package io.github.pkceauth.oidc;
                public record Login(String clientId, String id, io.github.pkceauth.api.PkceUser user,
                        IssuedTokens tokens, String nonce, java.time.Instant issuedAt, int generation,
                        Outage outage, String assurance, Device device) implements java.io.Serializable {
                    public record Outage(java.time.Instant since, java.time.Instant over, int tries)
                            implements java.io.Serializable {}
                    public record Device(String name) implements java.io.Serializable {}
                    public static Login like(io.github.pkceauth.api.PkceUser user, IssuedTokens tokens) {
                        java.time.Instant start = java.time.Instant.parse("2026-01-01T00:00:00Z");
                        return new Login("the-client", "the-id", user, tokens, "the-nonce", start, 7,
                                new Outage(start, start.plusSeconds(2), 3), "high", new Device("phone"));
                    }
                }
                """, login());

        assertEquals(login(), read(later));
    }

    /** As from a node that has not been updated yet. */
    @Test
    void aLoginOfAnEarlierVersionIsReadWithoutWhatItDoesNotSay(@TempDir Path folder) throws Exception {
        byte[] earlier = OtherVersion.of(folder, """
                package io.github.pkceauth.oidc;
                public record Login(String clientId, String id, io.github.pkceauth.api.PkceUser user,
                        IssuedTokens tokens, java.time.Instant issuedAt) implements java.io.Serializable {
                    public static Login like(io.github.pkceauth.api.PkceUser user, IssuedTokens tokens) {
                        return new Login("the-client", "the-id", user, tokens,
                                java.time.Instant.parse("2026-01-01T00:00:00Z"));
                    }
                }
                """, login());

        Login whole = login();
        assertEquals(
                new Login(
                        "the-client",
                        "the-id",
                        whole.user(),
                        whole.tokens(),
                        null,
                        TestClock.START,
                        0,
                        null,
                        null,
                        null),
                read(earlier));
    }

    @Test
    void theAllowListLetsNothingElseThrough() throws Exception {
        assertThrows(InvalidClassException.class, () -> read(written(URI.create("https://evil.example"))));
    }

    private static Login boundLogin() throws Exception {
        Login login = wholeLogin();
        IssuedTokens tokens = login.tokens();
        return with(
                login,
                new IssuedTokens(
                        tokens.accessToken(),
                        tokens.accessTokenExpiresAt(),
                        tokens.scope(),
                        tokens.refreshToken(),
                        tokens.idToken(),
                        tokens.receivedAt(),
                        KEY,
                        "[{\"type\":\"payment\"}]"),
                BOUND);
    }

    private static Login wholeLogin() throws Exception {
        return with(loginWithForm(), login().tokens(), WHOLE);
    }

    private static Login with(Login login, IssuedTokens tokens, AuthenticationRequirements required) {
        return new Login(
                login.clientId(),
                login.id(),
                login.user(),
                tokens,
                login.nonce(),
                login.issuedAt(),
                login.generation(),
                login.outage(),
                login.form(),
                new AuthenticationContext("gold", TestClock.START, required));
    }

    private static KeptAttempt boundAttempt() {
        return wholeAttempt(KEY, BOUND);
    }

    private static KeptAttempt wholeAttempt() {
        return wholeAttempt(null, WHOLE);
    }

    private static KeptAttempt wholeAttempt(@Nullable DpopKey key, AuthenticationRequirements required) {
        KeptAttempt attempt = attemptWithForm();
        return new KeptAttempt(
                attempt.verifier1(),
                attempt.verifier2(),
                attempt.verifier3(),
                attempt.verifier4(),
                attempt.issuer(),
                attempt.issuerExpected(),
                attempt.redirectUri(),
                attempt.target(),
                attempt.startedAt(),
                attempt.life(),
                attempt.form(),
                required,
                key);
    }

    private static KeptAttempt attemptWithForm() {
        return new KeptAttempt(
                1,
                -2,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Samples.ISSUER,
                true,
                "https://app.example/callback",
                "/page",
                TestClock.START.toEpochMilli(),
                600_000,
                form(),
                null,
                null);
    }

    private static Login loginWithForm() throws Exception {
        return login().with(form());
    }

    private static SentForm form() {
        return new SentForm("the-id", "/save?x=y", "a=b&c=%C3%A4", TestClock.START);
    }

    private static Login login() throws Exception {
        Claims claims = new Claims(Json.object("""
                {"iss": "https://login.example.com", "sub": "alice", "exp": 1767226200, "ratio": 0.5, "old": true,
                 "big": 123456789012345678901234567890, "none": null,
                 "address": {"country": "CH", "lines": ["a", {"b": []}]}, "roles": ["admin", "user"]}"""));
        VerifiedUser user = new VerifiedUser(
                "alice",
                "alice",
                Samples.ISSUER,
                "the-sid",
                Collections.unmodifiableSet(new LinkedHashSet<>(List.of("admin", "user"))),
                claims.values(),
                TestClock.START);
        IssuedTokens tokens = new IssuedTokens(
                "the-access-token",
                TestClock.START.plusSeconds(300),
                "openid profile",
                "the-refresh-token",
                "the-id-token",
                TestClock.START,
                null,
                null);
        Instant since = TestClock.START;
        return new Login(
                Samples.CLIENT_ID,
                "the-id",
                user,
                tokens,
                "the-nonce",
                TestClock.START,
                7,
                new Login.Outage(since, since.plusSeconds(2)),
                null,
                null);
    }

    private static void assertGolden(String name, Object value) throws IOException {
        if (WRITES) {
            Files.createDirectories(FILES);
            Files.writeString(
                    FILES.resolve(name),
                    Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(written(value)) + "\n");
        }
        assertArrayEquals(golden(name), written(value), "the form has changed: add a file, and keep reading this one");
    }

    private static byte[] golden(String name) throws IOException {
        return Base64.getMimeDecoder().decode(Files.readString(FILES.resolve(name), StandardCharsets.US_ASCII));
    }

    private static byte[] written(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** As a session store does that lets in what README says and nothing else. */
    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (InputStream in = new ByteArrayInputStream(bytes);
                ObjectInputStream objects = new ObjectInputStream(in)) {
            objects.setObjectInputFilter(ObjectInputFilter.Config.createFilter(SealedLogin.CLASSES + ";!*"));
            return objects.readObject();
        }
    }
}
