package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.api.Tokens;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a user out of a verified ID token, or in plain OAuth 2.0 out of userinfo, by the deployment's
 * {@link ClaimRules}. Safe for use by several threads.
 */
final class Users {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    /** Claims that tie an ID token to its login and say nothing about the user. */
    private static final Set<String> PLUMBING = Set.of("nonce", "at_hash", "c_hash");

    /** At many providers users choose their names themselves, and applications write them into logs and headers. */
    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cc}\\p{Zl}\\p{Zp}]*");

    private final ClaimRules rules;
    private final UserinfoEndpoint userinfo;
    private final AccessTokenClaims accessTokens;
    private final InstantSource clock;

    Users(ClaimRules rules, UserinfoEndpoint userinfo, AccessTokenClaims accessTokens, InstantSource clock) {
        this.rules = rules;
        this.userinfo = userinfo;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    /**
     * The user.
     *
     * @param provider the provider
     * @param idToken the verified ID token, or null in plain OAuth 2.0
     * @param tokens the tokens that came with it
     * @throws AuthFailure if the name or the roles cannot be told for certain
     */
    VerifiedUser of(Provider provider, @Nullable IdToken idToken, IssuedTokens tokens) throws AuthFailure {
        Claims own = idToken == null ? Claims.NONE : idToken.claims();
        @Nullable Claims further = userinfo(provider, idToken, tokens);
        Claims user = merged(own, further == null ? Claims.NONE : further);
        String name = name(user);
        String issuer = idToken == null ? provider.issuer() : idToken.issuer();
        return new VerifiedUser(
                name,
                idToken == null ? name : idToken.subject(),
                issuer,
                own.text("sid").orElse(null),
                roles(issuer, user, further, tokens),
                user.values(),
                clock.instant());
    }

    /**
     * The user after a refresh: who was signed in, when, and in which of the provider's sessions stays.
     *
     * @param before the user so far
     * @param idToken the ID token as it is now, verified; or null in plain OAuth 2.0
     */
    PkceUser after(PkceUser before, Provider provider, @Nullable IdToken idToken, IssuedTokens tokens)
            throws AuthFailure {
        return of(provider, idToken, tokens).since(before);
    }

    private @Nullable Claims userinfo(Provider provider, @Nullable IdToken idToken, IssuedTokens tokens)
            throws AuthFailure {
        if (rules.userinfo() == ClaimRules.UserinfoUse.NEVER) {
            return null;
        }
        boolean must = idToken == null
                || rules.userinfo() == ClaimRules.UserinfoUse.ALWAYS
                || rules.namesSource(ClaimPath.Source.USERINFO);
        if (idToken != null && !must && rules.satisfiedBy(idToken.claims())) {
            return null;
        }
        @Nullable URI address = provider.userinfoEndpoint().orElse(null);
        if (address != null) {
            return userinfo.claims(provider, address, tokens, idToken);
        }
        if (must) {
            throw new AuthFailure(
                    Reason.METADATA_INVALID,
                    "the provider's metadata has no userinfo_endpoint, and this login needs one; name it in"
                            + " userinfoEndpoint");
        }
        return null;
    }

    private static Claims merged(Claims own, Claims further) {
        Map<String, Object> all = new LinkedHashMap<>(further.values());
        all.putAll(own.values());
        all.keySet().removeAll(PLUMBING);
        return new Claims(Collections.unmodifiableMap(all));
    }

    private String name(Claims user) throws AuthFailure {
        Object value = rules.principal().in(user);
        if (value instanceof String text && !text.isBlank()) {
            if (ONE_LINE.matcher(text).matches()) {
                return text;
            }
            throw new AuthFailure(
                    Reason.PRINCIPAL_MISSING,
                    "principalClaim is '"
                            + rules.principal().path()
                            + "', and this user's has a line break or another control character in it, which no"
                            + " name can have");
        }
        if (value instanceof Long number) {
            return number.toString();
        }
        throw new AuthFailure(
                Reason.PRINCIPAL_MISSING,
                "principalClaim is '"
                        + rules.principal().path()
                        + "', but the provider sends no such claim for this user; it sends "
                        + Printable.of(user.values().keySet()));
    }

    private Set<String> roles(String issuer, Claims user, @Nullable Claims further, Tokens tokens) throws AuthFailure {
        Set<String> roles = new LinkedHashSet<>();
        for (ClaimPath path : rules.roles()) {
            Claims claims = switch (path.source()) {
                case USER -> user;
                case USERINFO -> further == null ? Claims.NONE : further;
                case ACCESS_TOKEN -> accessTokens.of(tokens, issuer);
            };
            failOnOverage(path, claims);
            if (!addRoles(path.in(claims), roles)) {
                // Products differ in what the names in an object mean: a guess might make an administrator.
                LOG.log(
                        Level.WARNING,
                        "rolesClaim ''{0}'' leads to an object, which gives no roles: let it lead to a string or an"
                                + " array of strings, or have the provider send one",
                        path.path());
            }
        }
        return Collections.unmodifiableSet(roles);
    }

    /** Distributed claims (OpenID Connect Core 5.6.2), as Entra ID does it for users of many groups. */
    private static void failOnOverage(ClaimPath path, Claims claims) throws AuthFailure {
        if (claims.get("_claim_names") instanceof Map<?, ?> elsewhere
                && (elsewhere.containsKey(path.path()) || elsewhere.containsKey(path.outermost()))) {
            throw new AuthFailure(
                    Reason.ROLES_UNAVAILABLE,
                    "the provider keeps the claim '"
                            + path.path()
                            + "' of this user elsewhere (_claim_names): too many values; let it send application"
                            + " roles, or only assigned groups");
        }
    }

    /** Whether there is nothing of which it could not be told whether it is a role. */
    private static boolean addRoles(@Nullable Object value, Set<String> roles) {
        if (value instanceof String one) {
            roles.add(one);
        } else if (value instanceof Collection<?> several) {
            boolean clear = true;
            for (Object element : several) {
                if (element instanceof String one) {
                    roles.add(one);
                }
                clear &= !(element instanceof Map);
            }
            return clear;
        }
        return !(value instanceof Map);
    }
}
