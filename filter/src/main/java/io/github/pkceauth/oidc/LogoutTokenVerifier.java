package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies logout tokens by the steps of OpenID Connect Back-Channel Logout 1.0 section 2.6, numbered
 * here as there. Whether one has been used before, step 8, is known where used ones are kept. Safe for
 * use by several threads.
 */
final class LogoutTokenVerifier {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** Section 2.4 recommends the first; many providers write the second, or nothing. */
    private static final Set<String> TYPES = Set.of("logout+jwt", "application/logout+jwt", "jwt");

    /** About these no token can be told to be good or bad, so that it is to be sent again. */
    private static final Set<Reason> THE_PROVIDERS_FAULT = Set.of(Reason.PROVIDER_UNREACHABLE, Reason.METADATA_INVALID);

    private final JwtRules rules;
    private final IdTokenDecryption decryption;
    private final Duration skew;

    LogoutTokenVerifier(Client client, Keys keys, IdTokenDecryption decryption, Duration skew, InstantSource clock) {
        this.decryption = decryption;
        this.rules = new JwtRules("the logout token", client, keys, skew, clock);
        this.skew = skew;
    }

    /**
     * Verifies a logout token.
     *
     * @throws AuthFailure for the reason {@code LOGOUT_NOTICE_INVALID} if it breaks a rule, or {@code
     *     PROVIDER_UNREACHABLE} or {@code METADATA_INVALID} if the provider's keys cannot be had
     */
    LogoutNotice verify(String serialized, Provider provider) throws AuthFailure {
        try {
            return verified(serialized, provider);
        } catch (AuthFailure e) {
            if (THE_PROVIDERS_FAULT.contains(e.reason()) || e.reason() == Reason.LOGOUT_NOTICE_INVALID) {
                throw e;
            }
            throw new AuthFailure(Reason.LOGOUT_NOTICE_INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private LogoutNotice verified(String serialized, Provider provider) throws AuthFailure {
        // 1.
        SignedJwt jwt = SignedJwt.parse(decryption.logoutToken(serialized));
        String type = jwt.type().orElse("JWT");
        if (!TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw invalid("is a JWT of another type: typ '" + Printable.of(type) + "'");
        }
        // 2., 3.
        Claims claims = rules.signed(jwt, provider);
        // 4. As for an ID token.
        rules.checkIssuer(claims, Issuers.one(provider.issuer()));
        rules.checkAudience(claims);
        Instant issued = rules.checkIssued(claims);
        Instant expiry = rules.checkExpiry(claims);
        // 5.
        Optional<String> subject = claims.has("sub") ? Optional.of(rules.checkSubject(claims)) : Optional.empty();
        Optional<String> sid = text(claims, "sid");
        if (subject.isEmpty() && sid.isEmpty()) {
            throw invalid("has neither sub nor sid");
        }
        // 6.
        if (!(claims.get("events") instanceof Map<?, ?> events) || !(events.get(EVENT) instanceof Map<?, ?>)) {
            throw invalid("does not say in events that it is about a logout");
        }
        // 7. So that no ID token can be sent in its place.
        if (claims.has("nonce")) {
            throw invalid("has a nonce");
        }
        String id = text(claims, "jti").orElseThrow(() -> invalid("has no jti"));
        return new LogoutNotice(id, issued, expiry.plus(skew), subject, sid);
    }

    private static Optional<String> text(Claims claims, String name) throws AuthFailure {
        if (!claims.has(name)) {
            return Optional.empty();
        }
        return Optional.of(claims.text(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> invalid("has a " + name + " that is no text, or empty")));
    }

    private static AuthFailure invalid(String how) {
        return new AuthFailure(Reason.LOGOUT_NOTICE_INVALID, "the logout token " + how);
    }
}
