package io.github.pkceauth.api;

/**
 * Is told of logins, refreshes, logouts and failures: for metrics, for an audit log, or to prepare
 * something for a user who has just come. An application names its implementation in {@code
 * META-INF/services/io.github.pkceauth.api.LoginListener}, with a public constructor without
 * parameters; there may be several.
 *
 * <p>Called by the thread of the request that the event belongs to, which waits for it; by several
 * threads at once. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface LoginListener {

    /**
     * Something has happened.
     *
     * @param event what
     */
    void happened(LoginEvent event);
}
