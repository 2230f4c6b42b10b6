package io.github.pkceauth.oidc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A login that has begun, as the browser itself keeps it: sealed, and in as few characters as it takes, since it comes
 * along with each of the browser's requests. What is the same for all logins of a place is not in it, but opens it.
 */
public final class SealedAttempt {

    /** Says how the rest is to be read; another version takes what it cannot read for none of its own. */
    private static final int VERSION = 1;

    /** The same with what a version before does not know of, and would take for a part of the target. */
    private static final int VERSION_WITH_MORE = 2;

    private static final int ISSUER_EXPECTED = 1;
    private static final int RESTART = 1 << 1;
    private static final int FORM = 1 << 2;
    private static final int REQUIREMENTS = 1 << 3;
    private static final int KEY = 1 << 4;
    private static final int DETAILS = 1 << 5;

    private static final int VERIFIER_BYTES = 32;

    /** No sealed attempt is shorter: version, marks, verifier, start, life, and a target of one character. */
    private static final int SHORTEST = SealingKeys.OVERHEAD + 1 + 1 + VERIFIER_BYTES + 8 + 4 + 1;

    private SealedAttempt() {}

    /**
     * Where sealed attempts belong: what is sealed for one of them opens in no other.
     *
     * @param filterName the filter's name
     * @param issuer the provider that is asked
     * @param clientId this application as the provider knows it
     * @param redirectUri where the answer is to be sent
     */
    public record Place(String filterName, String issuer, String clientId, String redirectUri) {

        /** A short name of this place, the same on all nodes, that tells nothing of it. */
        public String tag() {
            return Hashes.name("place of pending logins", filterName, issuer, clientId, redirectUri);
        }

        private byte[] of(String name) {
            return Hashes.of("pending login", filterName, issuer, clientId, redirectUri, name);
        }
    }

    /** What names an attempt where it is kept: it tells nothing of the state, and no other state has it. */
    public static String nameOf(String state) {
        return Hashes.name("state", state);
    }

    /**
     * Seals an attempt.
     *
     * @param attempt an attempt of that place
     * @param name what it is kept by
     * @return characters of the base64url alphabet
     */
    public static String of(LoginAttempt attempt, Place place, String name, SealingKeys keys) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(keys.seal(bytes(attempt), place.of(name)));
    }

    private static byte[] bytes(LoginAttempt attempt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        boolean isRequired = !attempt.required().isNone();
        @Nullable DpopKey key = attempt.dpopKey();
        String details = attempt.required().detailTypes();
        long startedAt = attempt.startedAt().toEpochMilli();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(key == null && details.isEmpty() ? VERSION : VERSION_WITH_MORE);
            out.writeByte((attempt.issuerExpected() ? ISSUER_EXPECTED : 0)
                    | (LoginAttempt.isRestart(attempt.state()) ? RESTART : 0)
                    | (attempt.form() == null ? 0 : FORM)
                    | (isRequired ? REQUIREMENTS : 0)
                    | (key == null ? 0 : KEY)
                    | (details.isEmpty() ? 0 : DETAILS));
            out.write(Base64.getUrlDecoder().decode(attempt.codeVerifier()));
            out.writeLong(startedAt);
            out.writeInt(Math.toIntExact(attempt.expiresAt().toEpochMilli() - startedAt));
            if (isRequired) {
                out.writeUTF(attempt.required().acrValues());
                out.writeLong(attempt.required().maxAge());
            }
            if (key != null) {
                out.write(key.bytes());
            }
            if (!details.isEmpty()) {
                out.writeUTF(details);
            }
            out.write(attempt.target().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has none, and each of the texts has been a line of a header
        }
        return bytes.toByteArray();
    }

    /**
     * An attempt that was sealed.
     *
     * @param startedAt when it began
     * @param expiresAt when it is too late for an answer
     * @param isRestart whether it was itself a second try
     */
    public record Opened(
            Instant startedAt,
            Instant expiresAt,
            boolean isRestart,
            String codeVerifier,
            boolean issuerExpected,
            boolean hasForm,
            AuthenticationRequirements required,
            @Nullable DpopKey dpopKey,
            String target) {

        /** Whether it is too late for an answer. */
        public boolean isExpired(Instant now) {
            return !now.isBefore(expiresAt);
        }

        /** The attempt of that state and place. Of a form nothing was kept but that it was sent. */
        public LoginAttempt attempt(String state, Place place) {
            return new LoginAttempt(
                    state,
                    LoginAttempt.nonce(codeVerifier),
                    codeVerifier,
                    place.issuer(),
                    issuerExpected,
                    place.redirectUri(),
                    target,
                    startedAt,
                    expiresAt,
                    hasForm ? new SentForm(Hashes.name("form", codeVerifier), target, null, startedAt) : null,
                    required,
                    dpopKey);
        }

        @Override
        public String toString() {
            return "Opened[started " + startedAt + "]";
        }
    }

    /**
     * Opens a sealed attempt.
     *
     * @return what was sealed by that name for that place; or null, whatever else the text may be
     */
    public static @Nullable Opened open(String text, Place place, String name, SealingKeys keys) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        byte[] bytes = sealed.length < SHORTEST ? null : keys.open(sealed, place.of(name));
        try {
            return bytes == null ? null : read(bytes);
        } catch (IOException e) {
            return null; // our own, and of a version that ends elsewhere
        }
    }

    private static @Nullable Opened read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readUnsignedByte();
        if (version != VERSION && version != VERSION_WITH_MORE) {
            return null;
        }
        int marks = in.readUnsignedByte();
        byte[] verifier = in.readNBytes(VERIFIER_BYTES);
        Instant startedAt = Instant.ofEpochMilli(in.readLong());
        Instant expiresAt = startedAt.plusMillis(in.readInt());
        AuthenticationRequirements required = (marks & REQUIREMENTS) == 0
                ? AuthenticationRequirements.NONE
                : new AuthenticationRequirements(in.readUTF(), in.readLong());
        byte[] key = in.readNBytes((marks & KEY) == 0 ? 0 : DpopKey.BYTES);
        String details = (marks & DETAILS) == 0 ? "" : in.readUTF();
        return new Opened(
                startedAt,
                expiresAt,
                (marks & RESTART) != 0,
                RandomToken.text(verifier),
                (marks & ISSUER_EXPECTED) != 0,
                (marks & FORM) != 0,
                new AuthenticationRequirements(required.acrValues(), required.maxAge(), details),
                key.length == DpopKey.BYTES ? DpopKey.of(key) : null,
                new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
}
