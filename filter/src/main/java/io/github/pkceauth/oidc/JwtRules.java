package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * What OpenID Connect asks of everything that the provider signs for this client, be it an ID token, a logout token, an
 * answer or userinfo: whose it is, for whom, and when. Safe for use by several threads.
 */
final class JwtRules {

    private static final int MAX_SUBJECT_LENGTH = 255;

    private final String what;
    private final Client client;
    private final Keys keys;
    private final Duration skew;
    private final InstantSource clock;

    /**
     * The rules for one kind of token.
     *
     * @param what what the token is called in messages, such as "the ID token"
     * @param client whom it must be for
     * @param keys the provider's
     * @param skew how far clocks may differ
     * @param clock tells the time
     */
    JwtRules(String what, Client client, Keys keys, Duration skew, InstantSource clock) {
        this.what = what;
        this.client = client;
        this.keys = keys;
        this.skew = skew;
        this.clock = clock;
    }

    /** The claims of a token that the provider has signed with an algorithm that was agreed for ID tokens. */
    Claims signed(SignedJwt jwt, Provider provider) throws AuthFailure {
        if (client.idTokensBySecret()) {
            return jwt.verifiedBy(client.secret()
                    .orElseThrow(() -> new AuthFailure(Reason.ID_TOKEN_ALGORITHM, "HS256 needs clientSecret")));
        }
        return jwt.verifiedBy(
                keys,
                client.idTokenAlgorithm()
                        .<Set<JWSAlgorithm>>map(Set::of)
                        .orElse(provider.algorithms().idTokens()));
    }

    /** The claims of what the provider has signed with one of these algorithms; by those of ID tokens where there is none. */
    Claims signed(SignedJwt jwt, Provider provider, Set<JWSAlgorithm> named) throws AuthFailure {
        return named.isEmpty() ? signed(jwt, provider) : jwt.verifiedBy(keys, named);
    }

    /** The issuer, which is among those that are trusted. */
    String checkIssuer(Claims claims, Issuers issuers) throws AuthFailure {
        String issuer = claims.text("iss").orElse("");
        if (!issuers.contain(issuer)) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_ISSUER,
                    what
                            + " has iss '"
                            + Printable.of(claims.get("iss"))
                            + "', but the parameter issuer is '"
                            + issuers.identifier()
                            + (issuers.haveTenants()
                                    ? "', and that is of none of the tenants " + issuers.tenants()
                                    : "'; they must be equal to the letter"));
        }
        if (!issuers.agree(issuer, claims.get("tid"))) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_ISSUER,
                    what + " has tid '" + Printable.of(claims.get("tid")) + "', which is not the tenant of its iss '"
                            + issuer + "'");
        }
        return issuer;
    }

    void checkAudience(Claims claims) throws AuthFailure {
        List<String> audience = claims.audience();
        if (!audience.contains(client.id())) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_AUDIENCE,
                    what + " has aud " + Printable.of(audience) + ", without this client's id");
        }
        if (!audience.stream().allMatch(client.id()::equals)) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_AUDIENCE,
                    what + " is for others as well, none of them trusted: aud " + Printable.of(audience));
        }
        if (claims.has("azp") && !client.id().equals(claims.get("azp"))) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_AUDIENCE,
                    what + " was issued to another client: azp '" + Printable.of(claims.get("azp")) + "'");
        }
    }

    /** The time at which it expires, which has not come yet. */
    Instant checkExpiry(Claims claims) throws AuthFailure {
        Instant now = clock.instant();
        Instant expiry = needed(claims, "exp", Reason.ID_TOKEN_EXPIRED);
        if (!now.minus(skew).isBefore(expiry)) {
            throw off(Reason.ID_TOKEN_EXPIRED, "expired at " + expiry, now);
        }
        return expiry;
    }

    /** The time at which it was issued, which has come; and it is valid by now. */
    Instant checkIssued(Claims claims) throws AuthFailure {
        Instant now = clock.instant();
        Instant issued = needed(claims, "iat", Reason.ID_TOKEN_TIME);
        if (issued.isAfter(now.plus(skew))) {
            throw off(Reason.ID_TOKEN_TIME, "is issued in the future, at " + issued, now);
        }
        checkBegun(claims);
        return issued;
    }

    /** Where it says from when on it is valid, that time has come. */
    void checkBegun(Claims claims) throws AuthFailure {
        if (!claims.has("nbf")) {
            return;
        }
        Instant now = clock.instant();
        Instant begin = needed(claims, "nbf", Reason.ID_TOKEN_TIME);
        if (begin.isAfter(now.plus(skew))) {
            throw off(Reason.ID_TOKEN_TIME, "is not valid before " + begin, now);
        }
    }

    /** Fails where it was issued before something that it must come after. */
    void checkNotBefore(Instant issued, Instant earliest, String event) throws AuthFailure {
        if (issued.plus(skew).isBefore(earliest.minusSeconds(1))) {
            throw off(
                    Reason.ID_TOKEN_TIME,
                    "was issued at " + issued + ", before " + event + " at " + earliest,
                    clock.instant());
        }
    }

    /** The time at which the user signed in: not too long before the login began, and not to come. */
    void checkAuthTime(Claims claims, long maxAge, Instant loginBegan) throws AuthFailure {
        Instant authTime = needed(claims, "auth_time", Reason.AUTH_TIME_NOT_MET);
        Instant now = clock.instant();
        if (authTime.isAfter(now.plus(skew))) {
            throw off(Reason.ID_TOKEN_TIME, "has an auth_time to come, " + authTime, now);
        }
        // A time in whole seconds may be up to one older than what it stands for.
        if (authTime.plusSeconds(maxAge).plus(skew).isBefore(loginBegan.minusSeconds(1))) {
            throw off(
                    Reason.AUTH_TIME_NOT_MET,
                    "has the auth_time " + authTime + ", more than the max_age of " + maxAge
                            + " seconds before this login began",
                    now);
        }
    }

    String checkSubject(Claims claims) throws AuthFailure {
        return claims.text("sub")
                .filter(subject -> !subject.isEmpty() && subject.length() <= MAX_SUBJECT_LENGTH)
                .orElseThrow(() -> new AuthFailure(
                        Reason.ID_TOKEN_SUBJECT, what + "'s sub is no string, empty or longer than 255 characters"));
    }

    private Instant needed(Claims claims, String name, Reason reason) throws AuthFailure {
        return claims.time(name)
                .orElseThrow(() -> new AuthFailure(reason, what + "'s " + name + " is missing or no time"));
    }

    private AuthFailure off(Reason reason, String how, Instant now) {
        return new AuthFailure(
                reason,
                what + " " + how + "; here it is " + now + ", with a clockSkew of " + skew + "; set both clocks right");
    }
}
