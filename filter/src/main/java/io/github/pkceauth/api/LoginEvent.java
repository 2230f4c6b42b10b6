package io.github.pkceauth.api;

/** Something that happened to a login; immutable. None of them holds a token. */
public sealed interface LoginEvent {

    /**
     * A user has signed in.
     *
     * @param user who
     */
    record SignedIn(PkceUser user) implements LoginEvent {}

    /**
     * The tokens of a login were refreshed (RFC 6749 section 6).
     *
     * @param user whose, with the claims as they are now
     */
    record Refreshed(PkceUser user) implements LoginEvent {}

    /**
     * A login has ended here. Sessions that the container ends by itself, because nobody used them, are
     * the container's to tell ({@code HttpSessionListener}).
     *
     * @param user whose
     * @param cause why
     */
    record SignedOut(PkceUser user, Cause cause) implements LoginEvent {}

    /**
     * Something was refused: a login, a logout or a notice of the provider.
     *
     * @param failure why; its message is written for the log
     * @param reference stands in the log line and on the page that the user sees
     */
    record Failed(AuthFailure failure, String reference) implements LoginEvent {}

    /** Why a login has ended. */
    enum Cause {
        /** The user signed out at {@code logoutPath}. */
        LOGOUT,
        /** The application signed the user out, by {@code HttpServletRequest.logout()}. */
        APPLICATION,
        /** The provider sent a notice to {@code backchannelLogoutPath}. */
        BACKCHANNEL_LOGOUT,
        /** The provider had the browser call {@code frontchannelLogoutPath}. */
        FRONTCHANNEL_LOGOUT,
        /** The provider refused to refresh the tokens: it has ended the login. */
        REFRESH_REFUSED,
        /** The login lasts no longer, by {@code sessionPolicy} or {@code maxSessionAge}. */
        EXPIRED,
        /** Another user signed in in the same browser. */
        ANOTHER_USER
    }
}
