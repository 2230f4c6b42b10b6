package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Pages that need no login: everybody passes, and who is signed in is known here, too. */
final class PublicPage implements Handler {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final Identity identity;
    private final Challenge challenge;

    PublicPage(Identity identity, Challenge challenge) {
        this.identity = identity;
        this.challenge = challenge;
    }

    @Override
    public HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response) {
        HttpServletRequest signedIn = signedIn(request, response);
        return signedIn == null ? new AnonymousRequest(request, challenge) : signedIn;
    }

    private @Nullable HttpServletRequest signedIn(HttpServletRequest request, HttpServletResponse response) {
        try {
            return identity.of(request, response);
        } catch (AuthFailure e) {
            // Whoever cannot be told from somebody else is nobody, and that is enough here.
            LOG.log(Level.DEBUG, "a public page is shown to nobody in particular", e);
            return null;
        }
    }
}
