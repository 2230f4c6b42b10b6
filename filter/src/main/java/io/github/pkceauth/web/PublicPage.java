package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.Login;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Pages that need no login: everybody passes, and who is signed in is known here, too. */
final class PublicPage implements Handler {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final Identity identity;
    private final Challenge challenge;
    private final FormDelivery formDelivery;

    PublicPage(Identity identity, Challenge challenge, FormDelivery formDelivery) {
        this.identity = identity;
        this.challenge = challenge;
        this.formDelivery = formDelivery;
    }

    @Override
    public @Nullable HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response)
            throws AuthFailure, IOException {
        Login login = login(request);
        if (login == null) {
            return new AnonymousRequest(request, challenge);
        }
        return formDelivery.answer(request, response, login) ? null : identity.of(login, request, response);
    }

    private @Nullable Login login(HttpServletRequest request) {
        try {
            return identity.login(request);
        } catch (AuthFailure e) {
            // Whoever cannot be told from somebody else is nobody, and that is enough here.
            LOG.log(Level.DEBUG, "a public page is shown to nobody in particular", e);
            return null;
        }
    }
}
