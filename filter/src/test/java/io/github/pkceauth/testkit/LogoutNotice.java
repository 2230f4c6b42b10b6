package io.github.pkceauth.testkit;

/**
 * Whom a logout token is about, OpenID Connect Back-Channel Logout 1.0 section 2.4: the session that
 * the provider had when it was asked, unless told otherwise. Immutable.
 */
public final class LogoutNotice {
    private final ScriptedProvider provider;
    private final String subject;
    private final String sid;

    /**
     * @param subject empty for a token without one; so is the sid
     */
    LogoutNotice(ScriptedProvider provider, String subject, String sid) {
        this.provider = provider;
        this.subject = subject;
        this.sid = sid;
    }

    /** About another subject; what it says of the session stays. */
    public LogoutNotice aboutSubject(String other) {
        return new LogoutNotice(provider, other, sid);
    }

    /** About another session; what it says of the subject stays. */
    public LogoutNotice aboutSession(String other) {
        return new LogoutNotice(provider, subject, other);
    }

    /** Names no session: all sessions of the subject are meant. */
    public LogoutNotice aboutSubjectOnly() {
        return aboutSession("");
    }

    /** Names no subject. */
    public LogoutNotice aboutSessionOnly() {
        return aboutSubject("");
    }

    /** A new token, to be sent as often and as oddly as one likes. */
    public LogoutMessage signed() {
        return LogoutMessage.of(new TokenMint(provider).logoutToken(subject, sid));
    }

    /** Posts a new token to this address, and hands back the answer. */
    public Page sentTo(String url) {
        return signed().sentTo(url);
    }
}
