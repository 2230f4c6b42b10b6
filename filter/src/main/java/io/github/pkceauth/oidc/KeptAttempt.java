package io.github.pkceauth.oidc;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A login that has begun, as a session keeps it: in as little room as it takes, because everybody can have a session
 * that is there for nothing else. What names it there is its state; its nonce is made of its verifier. Its serialized
 * form is read by older and newer versions of the filter side by side: components may be added, but none renamed or
 * removed.
 *
 * @param verifier1 the first quarter of the code verifier's 256 bits
 * @param verifier2 the second quarter
 * @param verifier3 the third quarter
 * @param verifier4 the last quarter
 * @param issuer the provider that was asked
 * @param issuerExpected whether the provider promised to name itself in the answer (RFC 9207)
 * @param redirectUri where the answer was to be sent
 * @param target where the user was going
 * @param startedAt when it began, in milliseconds of the Unix epoch
 * @param life how long an answer may take, in milliseconds
 * @param form the form that the user had sent, or null
 * @param required how the user must sign in, or null where nothing is required of that
 * @param dpopKey the key that the login's tokens will be bound to, or null where they are bound to none
 */
public record KeptAttempt(
        long verifier1,
        long verifier2,
        long verifier3,
        long verifier4,
        String issuer,
        boolean issuerExpected,
        String redirectUri,
        String target,
        long startedAt,
        int life,
        @Nullable SentForm form,
        @Nullable AuthenticationRequirements required,
        @Nullable DpopKey dpopKey)
        implements Serializable {

    /** The attempt as it is kept. */
    public static KeptAttempt of(LoginAttempt attempt) {
        ByteBuffer verifier = ByteBuffer.wrap(Base64.getUrlDecoder().decode(attempt.codeVerifier()));
        long startedAt = attempt.startedAt().toEpochMilli();
        return new KeptAttempt(
                verifier.getLong(),
                verifier.getLong(),
                verifier.getLong(),
                verifier.getLong(),
                attempt.issuer(),
                attempt.issuerExpected(),
                attempt.redirectUri(),
                attempt.target(),
                startedAt,
                Math.toIntExact(attempt.expiresAt().toEpochMilli() - startedAt),
                attempt.form(),
                attempt.required().isNone() ? null : attempt.required(),
                attempt.dpopKey());
    }

    /** The attempt that was kept by that state. */
    public LoginAttempt attempt(String state) {
        byte[] verifier = ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(verifier1)
                .putLong(verifier2)
                .putLong(verifier3)
                .putLong(verifier4)
                .array();
        String codeVerifier = RandomToken.text(verifier);
        Instant started = Instant.ofEpochMilli(startedAt);
        return new LoginAttempt(
                state,
                LoginAttempt.nonce(codeVerifier),
                codeVerifier,
                issuer,
                issuerExpected,
                redirectUri,
                target,
                started,
                started.plusMillis(life),
                form,
                required == null ? AuthenticationRequirements.NONE : required,
                dpopKey);
    }

    @Override
    public String toString() {
        return "KeptAttempt[" + issuer + ", started " + Instant.ofEpochMilli(startedAt) + "]";
    }
}
