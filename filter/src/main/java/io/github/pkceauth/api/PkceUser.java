package io.github.pkceauth.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signed-in user, as {@link HttpServletRequest#getUserPrincipal()} returns it.
 *
 * <p>Users are made by the filter alone, from an ID token that passed every check of OpenID Connect
 * Core 3.1.3.7, or, where {@code openid} was not asked for, from the provider's userinfo endpoint.
 * They are immutable, safe for use by several threads, and serializable with the session.
 */
@SuppressWarnings("exports") // users need not have the annotation @Nullable
public interface PkceUser extends Principal, Serializable {

    /** What {@link HttpServletRequest#getAuthType()} returns for a user signed in by the filter. */
    String AUTH_TYPE = "PKCE";

    /** The request attribute with the user's name, for access logs, which see no wrapped request. */
    String NAME_ATTRIBUTE = "io.github.pkceauth.name";

    /**
     * The user's name: the value of the claim that the parameter {@code principalClaim} names.
     *
     * @return the name, never empty
     */
    @Override
    String getName();

    /**
     * The subject identifier, unique and never reassigned within the {@linkplain #issuer() issuer}
     * (OpenID Connect Core 2). Issuer and subject together are the one stable key of a user.
     *
     * @return the subject, never empty
     */
    String subject();

    /**
     * The provider that signed the user in.
     *
     * @return the issuer identifier, exactly as configured
     */
    String issuer();

    /**
     * The provider's session at which the user signed in (OpenID Connect Front-Channel Logout 3).
     *
     * @return the session id, or null where the provider sends none
     */
    @Nullable
    String sid();

    /**
     * The roles found by the parameter {@code rolesClaim}, in the provider's order.
     *
     * @return an unmodifiable set, empty where none were found
     */
    Set<String> roles();

    /**
     * The claims about the user: those of the ID token, and below them those of userinfo where it was
     * read. Values are strings, numbers, booleans, nulls, unmodifiable lists and unmodifiable maps.
     *
     * @return an unmodifiable map by claim name
     */
    Map<String, Object> claims();

    /**
     * When the login at this application was completed, by this server's clock.
     *
     * @return the time, to the second or better
     */
    Instant loginTime();

    /**
     * The user signed in on a request that passed through the filter.
     *
     * @param request the request as the application received it
     * @return the user, or empty where nobody is signed in by the filter
     */
    static Optional<PkceUser> of(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof PkceUser user ? Optional.of(user) : Optional.empty();
    }

    /**
     * The user signed in by one of several filters that the request passed through, each with a provider of its own.
     *
     * @param request the request as the application received it
     * @param filterName the filter's name; {@code pkce} for one that was given none
     * @return the user, or empty where nobody is signed in by that filter
     */
    static Optional<PkceUser> of(HttpServletRequest request, String filterName) {
        return request.getAttribute(attributeOf(filterName)) instanceof PkceUser user
                ? Optional.of(user)
                : Optional.empty();
    }

    /**
     * The request attribute that holds the user of one filter.
     *
     * @param filterName the filter's name
     * @return the attribute's name
     */
    static String attributeOf(String filterName) {
        return "io.github.pkceauth." + filterName + ".user";
    }
}
