package io.github.pkceauth.example;

import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.api.LoginListener;
import io.github.pkceauth.api.PkceUser;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Writes down who signs in, and who is signed out and why. The filter finds it by its name in {@code
 * META-INF/services/io.github.pkceauth.api.LoginListener}.
 */
public final class SignInLog implements LoginListener {

    private static final Logger LOG = System.getLogger("io.github.pkceauth.example");

    /** Called by the filter's service loader. */
    public SignInLog() {}

    @Override
    public void happened(LoginEvent event) {
        if (event instanceof LoginEvent.SignedIn signedIn) {
            LOG.log(Level.INFO, "{0} has signed in", name(signedIn.user()));
        } else if (event instanceof LoginEvent.SignedOut signedOut) {
            LOG.log(Level.INFO, "{0} is signed out: {1}", name(signedOut.user()), signedOut.cause());
        }
    }

    /** The name comes from outside, and must not begin a line of its own. */
    private static String name(PkceUser user) {
        return user.getName().replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
