package io.github.pkceauth.api;

/**
 * The request attributes that the application's own {@code errorPage} finds. All but {@link #STATUS}
 * are strings; those that are not the filter's own words must be escaped before they are shown.
 */
public final class FailureAttributes {

    /** The reason's code, for example {@code access_denied}. */
    public static final String CODE = "io.github.pkceauth.error.code";

    /** The HTTP status, an {@link Integer}. */
    public static final String STATUS = "io.github.pkceauth.error.status";

    /** What a user is told, a sentence or two. */
    public static final String EXPLANATION = "io.github.pkceauth.error.explanation";

    /** What the provider said, to be escaped; absent where the failure is not the provider's answer. */
    public static final String PROVIDER_MESSAGE = "io.github.pkceauth.error.providerMessage";

    /** The reference under which the failure stands in the log. */
    public static final String REFERENCE = "io.github.pkceauth.error.reference";

    /** The address of a link that tries again, or leads to the front page. */
    public static final String RETRY = "io.github.pkceauth.error.retry";

    private FailureAttributes() {}
}
