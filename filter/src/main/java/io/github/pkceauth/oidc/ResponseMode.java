package io.github.pkceauth.oidc;

/** How the provider's answer to an authorization request gets here. */
public enum ResponseMode {
    /** In the query of the callback. */
    QUERY("query", false, false),
    /** In a form that the browser posts (OAuth 2.0 Form Post Response Mode). */
    FORM_POST("form_post", true, false),
    /** Signed, in the way that is usual for a code: in the query (JARM section 2.3.4). */
    JWT("jwt", false, true),
    /** Signed, in the query (JARM section 2.3.1). */
    QUERY_JWT("query.jwt", false, true),
    /** Signed, in a form (JARM section 2.3.3). */
    FORM_POST_JWT("form_post.jwt", true, true);

    private final String word;
    private final boolean isPosted;
    private final boolean isSigned;

    ResponseMode(String word, boolean isPosted, boolean isSigned) {
        this.word = word;
        this.isPosted = isPosted;
        this.isSigned = isSigned;
    }

    /** The value of {@code response_mode}. */
    public String word() {
        return word;
    }

    /** Whether it comes as a form post instead of a query. */
    public boolean isPosted() {
        return isPosted;
    }

    /** Whether it comes as a JWT that the provider has signed. */
    public boolean isSigned() {
        return isSigned;
    }
}
