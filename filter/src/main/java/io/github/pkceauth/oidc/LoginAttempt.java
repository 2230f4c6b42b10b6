package io.github.pkceauth.oidc;

import io.github.pkceauth.oidc.LoginStart.Manner;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A login that has begun and waits for the provider's answer. All that the answer is checked against
 * belongs to this one attempt and is kept out of reach (RFC 9700 section 4.7.1): on the server as a {@link KeptAttempt},
 * or in the browser as a {@link SealedAttempt}.
 *
 * @param state names the attempt in the provider's answer
 * @param nonce binds the ID token to the attempt
 * @param codeVerifier proves to the token endpoint that the code is redeemed by who asked for it
 * @param issuer the provider that was asked
 * @param issuerExpected whether the provider promised to name itself in the answer (RFC 9207)
 * @param redirectUri where the answer was to be sent
 * @param target where the user was going: path and query behind the application's base address
 * @param startedAt when it began
 * @param expiresAt when it is too late for an answer
 * @param form the form that the user had sent, or null if the user was going to a page
 * @param required how the user must sign in
 * @param dpopKey the key that the login's tokens will be bound to, or null where they are bound to none
 */
public record LoginAttempt(
        String state,
        String nonce,
        String codeVerifier,
        String issuer,
        boolean issuerExpected,
        String redirectUri,
        String target,
        Instant startedAt,
        Instant expiresAt,
        @Nullable SentForm form,
        AuthenticationRequirements required,
        @Nullable DpopKey dpopKey) {

    private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_-]{43}(?:"
            + Arrays.stream(Manner.values())
                    .map(manner -> Pattern.quote(manner.mark()))
                    .collect(Collectors.joining("|"))
            + ")");

    static LoginAttempt of(
            Provider provider,
            LoginStart start,
            String redirectUri,
            Instant now,
            Duration timeout,
            @Nullable DpopKey dpopKey) {
        String[] random = RandomToken.next(2);
        return new LoginAttempt(
                start.manner() == Manner.FIRST
                        ? random[0]
                        : random[0] + start.manner().mark(),
                nonce(random[1]),
                random[1],
                provider.issuer(),
                provider.namesItself(),
                redirectUri,
                start.target(),
                now,
                now.plus(timeout),
                start.form(),
                start.required(),
                dpopKey);
    }

    /**
     * The nonce of an attempt: a hash of what is kept in the session and known to nobody else (OpenID Connect Core
     * 15.5.2), so that it need not be kept itself. It tells no more of the verifier than the code challenge does.
     */
    static String nonce(String codeVerifier) {
        return Hashes.name("nonce", codeVerifier);
    }

    /** Whether a state, known or not, says that the login behind it was itself a second try. */
    public static boolean isRestart(String state) {
        return state.endsWith(Manner.AGAIN.mark());
    }

    /** Whether a state, known or not, says that the user was not to notice the login behind it. */
    public static boolean isSilent(String state) {
        return state.endsWith(Manner.SILENT.mark());
    }

    /** The same on the way to another page. */
    public LoginAttempt to(String otherTarget) {
        return new LoginAttempt(
                state,
                nonce,
                codeVerifier,
                issuer,
                issuerExpected,
                redirectUri,
                otherTarget,
                startedAt,
                expiresAt,
                form,
                required,
                dpopKey);
    }

    /** What it began for, for one in its place. */
    public LoginStart start() {
        return LoginStart.to(target).with(form).requiring(required);
    }

    /** Whether a state, known or not, is of the form that all of ours have. */
    public static boolean isState(String text) {
        return STATE.matcher(text).matches();
    }

    /** Whether it is too late for an answer. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    @Override
    public String toString() {
        return "LoginAttempt[" + issuer + ", started " + startedAt + "]";
    }
}
