package io.github.pkceauth.api;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A login, a logout or a request that could not be done, for one of a closed set of {@linkplain
 * Reason reasons}.
 *
 * <p>The message is written for the log: it names the culprit and the mend, and never holds a code,
 * a verifier, a secret or a token.
 */
@SuppressWarnings("exports") // users need not have the annotation @Nullable
public final class AuthFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Which of the closed set it is. */
    private final Reason reason;

    /** The provider's words, if the failure is the provider's answer. */
    private final @Nullable String providerMessage;

    /**
     * A failure with its detail.
     *
     * @param reason which of the closed set it is
     * @param detail what happened and how to mend it, without anything secret
     */
    public AuthFailure(Reason reason, String detail) {
        this(reason, detail, null, null);
    }

    /**
     * A failure that another exception led to.
     *
     * @param reason which of the closed set it is
     * @param detail what happened and how to mend it, without anything secret
     * @param cause what led to it
     */
    public AuthFailure(Reason reason, String detail, Throwable cause) {
        this(reason, detail, null, cause);
    }

    private AuthFailure(Reason reason, String detail, @Nullable String providerMessage, @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
        this.providerMessage = providerMessage;
    }

    /**
     * The provider's refusal, with its own words for the user (RFC 6749 4.1.2.1).
     *
     * @param reason which of the closed set it is
     * @param detail what happened and how to mend it, without anything secret
     * @param providerMessage the provider's words: plain text, to be escaped before it is shown
     * @return the failure
     */
    public static AuthFailure fromProvider(Reason reason, String detail, String providerMessage) {
        return new AuthFailure(reason, detail, providerMessage, null);
    }

    /**
     * Which of the closed set of reasons this is.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * What the provider said to the user, as plain text that must be escaped before it is shown.
     *
     * @return the provider's words, or null where the failure is not the provider's answer
     */
    public @Nullable String providerMessage() {
        return providerMessage;
    }

    /** The closed set of reasons; each has a code, an HTTP status and the specification behind it. */
    public enum Reason {
        /** Nobody is signed in, and the request is no page navigation that could start a login. */
        LOGIN_REQUIRED(401, "Please sign in to see this.", "RFC 9110 section 15.5.2"),
        /** The user is signed in, but not as strongly or as recently as this page needs. */
        INSUFFICIENT_USER_AUTHENTICATION(
                401, "Please sign in again, in the way that this page needs.", "RFC 9470 section 3"),
        /** The user is signed in, and has none of the roles that this page is for. */
        ROLE_MISSING(403, "You are signed in, and this page is for others.", "RFC 9110 section 15.5.4"),
        /** The provider has ended the login: it said so, or refused to refresh the tokens. */
        LOGIN_ENDED(401, "Your sign-in has ended; please sign in again.", "RFC 6749 section 5.2"),
        /** The access token has expired, and there is no refresh token to get another with. */
        REFRESH_IMPOSSIBLE(401, "Please sign in again to go on.", "RFC 6749 section 6"),
        /** The answer belongs to no login that this browser began, and a fresh start did not help. */
        LOGIN_NOT_FOUND(
                400,
                "This sign-in was not begun in this browser, or the browser does not keep cookies for this" + " site.",
                "RFC 9700 section 4.7"),
        /** The login took longer than {@code loginTimeout}, twice in a row. */
        LOGIN_EXPIRED(400, "This sign-in took too long.", "RFC 9700 section 4.7"),
        /** The callback was called in a way that no provider answers: a repeated parameter, say. */
        CALLBACK_INVALID(400, "The answer to the sign-in was malformed.", "RFC 6749 section 3.1"),
        /** The method is none that this path of the filter takes. */
        METHOD_NOT_ALLOWED(405, "This address cannot be used like that.", "RFC 9110 section 15.5.6"),
        /** A browser fetched an address of the filter ahead of time, which must not have effects. */
        PREFETCH_REFUSED(503, "This address cannot be fetched ahead of time.", "RFC 9110 section 9.2.1"),
        /** A link asks for a login at a provider that is not this application's. */
        LOGIN_ELSEWHERE(
                400,
                "This link asks you to sign in with a provider that this application does not use.",
                "OpenID Connect Core 1.0 section 4"),
        /** The answer names another provider than the one this login began with. */
        ISSUER_MISMATCH(400, "The answer came from another provider.", "RFC 9207 section 2.4"),
        /** The provider promises to name itself in its answers, and this answer does not. */
        ISSUER_MISSING(400, "The answer does not say which provider it is from.", "RFC 9207 section 2.4"),
        /** The user, or the provider on the user's behalf, declined. */
        ACCESS_DENIED(403, "The sign-in was cancelled or refused.", "RFC 6749 section 4.1.2.1"),
        /** The provider answered the authorization request with an error. */
        PROVIDER_ERROR(502, "The provider could not sign you in.", "RFC 6749 section 4.1.2.1"),
        /** The provider refused the authorization request that was pushed to it. */
        AUTHORIZATION_REQUEST_REFUSED(502, "The provider could not sign you in.", "RFC 9126 section 2.3"),
        /** So many logins begin that the provider would be flooded with them. */
        TOO_MANY_LOGINS(
                503,
                "Very many people are signing in right now. Please try again in a moment.",
                "RFC 9110 section 15.6.4"),
        /** The provider could not be reached in time; the next try may succeed. */
        PROVIDER_UNREACHABLE(503, "The provider cannot be reached right now.", "RFC 9110 section 15.6.4"),
        /** The provider's metadata cannot be used. */
        METADATA_INVALID(502, "The provider is not set up as expected.", "RFC 8414 section 3.3"),
        /** The token endpoint refused the code or the client. */
        TOKEN_REQUEST_REFUSED(502, "The provider did not complete the sign-in.", "RFC 6749 section 5.2"),
        /** The token endpoint's answer is none that the specification knows. */
        TOKEN_RESPONSE_INVALID(502, "The provider did not complete the sign-in.", "RFC 6749 section 5.1"),
        /** There is no ID token, although {@code openid} was asked for. */
        ID_TOKEN_MISSING(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 3.1.3.3"),
        /** The ID token is not a signed JWT that can be read. */
        ID_TOKEN_MALFORMED(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 2"),
        /** The ID token is signed with an algorithm that was not agreed. */
        ID_TOKEN_ALGORITHM(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 3.1.3.7 rule 7"),
        /** The ID token is not encrypted as was agreed, or not to a key of this client's. */
        ID_TOKEN_ENCRYPTION(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 3.1.3.7 rule 1"),
        /** The provider publishes no usable key for the ID token. */
        ID_TOKEN_KEY_UNKNOWN(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 10.1"),
        /** The ID token's signature is wrong. */
        ID_TOKEN_SIGNATURE(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 3.1.3.7 rule 6"),
        /** The ID token is another issuer's. */
        ID_TOKEN_ISSUER(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 3.1.3.7 rule 2"),
        /** The ID token is meant for another client, or for others besides this one. */
        ID_TOKEN_AUDIENCE(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 3.1.3.7 rule 3"),
        /** The ID token has expired, or does not say when it does. */
        ID_TOKEN_EXPIRED(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 3.1.3.7 rule 9"),
        /** The ID token is not from the time of this login. */
        ID_TOKEN_TIME(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 3.1.3.7 rule 10"),
        /** The ID token was issued for another login. */
        ID_TOKEN_NONCE(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 3.1.3.7 rule 11"),
        /** The ID token names no usable subject. */
        ID_TOKEN_SUBJECT(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 2"),
        /** The ID token belongs to another access token or code. */
        ID_TOKEN_HASH(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 3.1.3.8"),
        /** The user signed in by other means than what was asked for, or the provider did not say by which. */
        ACR_NOT_MET(
                403,
                "This needs another way of signing in than the one that the provider let you use.",
                "OpenID Connect Core 1.0 section 3.1.3.7 rule 12"),
        /** The user signed in at the provider longer ago than was asked for, or it did not say when. */
        AUTH_TIME_NOT_MET(
                403,
                "This needs a fresh sign-in, and the provider did not ask you for one.",
                "OpenID Connect Core 1.0 section 3.1.3.7 rule 13"),
        /** What a page needs in detail was asked for, and not granted. */
        AUTHORIZATION_DETAILS_MISSING(403, "This needs a permission that was not granted.", "RFC 9396 section 7"),
        /** The userinfo endpoint's answer cannot be used. */
        USERINFO_INVALID(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 5.3"),
        /** The userinfo endpoint answered about somebody else. */
        USERINFO_SUBJECT(502, Texts.UNVERIFIED, "OpenID Connect Core 1.0 section 5.3.2"),
        /** The claim that {@code principalClaim} names is missing. */
        PRINCIPAL_MISSING(502, "The provider did not say who you are.", "OpenID Connect Core 1.0 section 5.1"),
        /** The roles could not be read from where {@code rolesClaim} says. */
        ROLES_UNAVAILABLE(502, "Your roles could not be determined.", "RFC 9068 section 4"),
        /** The session id came in the address, where everybody can read it. */
        SESSION_ID_IN_URL(400, "This address carries a session id.", "RFC 9700 section 4.3"),
        /** The container gives this application no sessions. */
        SESSIONS_UNAVAILABLE(500, "This application is not set up for sign-in.", "Jakarta Servlet 6.0 section 7"),
        /** The redirect URI would be plain http. */
        REDIRECT_URI_INSECURE(500, "This application is not set up for sign-in.", "RFC 9700 section 2.6"),
        /** A form came from somebody who is not signed in, and it cannot be kept until that is done. */
        FORM_NOT_KEPT(
                401,
                "You were not signed in when you sent this, and it could not be kept. Please sign in, and send it"
                        + " again.",
                "RFC 9110 section 15.5.2"),
        /** What the nodes have to know together cannot be read or written, or there is no room for more. */
        STORE_UNAVAILABLE(503, "Sign-ins cannot be checked right now.", "RFC 9110 section 15.6.4"),
        /** Another site asked for the sign-out. */
        LOGOUT_REFUSED(403, "Another site asked to sign you out; you are still signed in.", "RFC 6454 section 4"),
        /** The provider's notice of a logout is not one that may be believed. */
        LOGOUT_NOTICE_INVALID(
                400, "This notice of a sign-out is not valid.", "OpenID Connect Back-Channel Logout 1.0 section 2.6"),
        /** The user is signed out here; what the provider sent back does not match what was asked. */
        LOGOUT_NOT_CONFIRMED(
                200,
                "You are signed out here; the provider's confirmation did not match.",
                "OpenID Connect RP-Initiated Logout 1.0 section 3"),
        /** The filter failed in a way it should not. */
        INTERNAL_ERROR(500, "Something went wrong.", "RFC 9110 section 15.6.1");

        private final int status;
        private final String explanation;
        private final String specification;

        Reason(int status, String explanation, String specification) {
            this.status = status;
            this.explanation = explanation;
            this.specification = specification;
        }

        /**
         * The code as it stands in pages, problem documents and log lines, and in the README's table.
         *
         * @return the reason's name in lower case
         */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /**
         * The HTTP status that it is answered with.
         *
         * @return the status code
         */
        public int status() {
            return status;
        }

        /**
         * What a user is told.
         *
         * @return a sentence or two, without detail
         */
        public String explanation() {
            return explanation;
        }

        /**
         * The document and section that the check follows.
         *
         * @return the citation, for example {@code RFC 9207 section 2.4}
         */
        public String specification() {
            return specification;
        }
    }

    /** Sentences that several reasons share; an enum cannot read its own constants while it is made. */
    private static final class Texts {
        static final String UNVERIFIED = "The provider's answer could not be verified.";

        private Texts() {}
    }
}
