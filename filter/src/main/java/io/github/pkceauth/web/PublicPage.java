package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.Login;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Pages that need no login: everybody passes, and who is signed in is known here, too, or found out where that can be done
 * without anybody's noticing.
 */
final class PublicPage implements Handler {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final Identity identity;
    private final Challenge challenge;
    private final SilentLogin silentLogin;
    private final FormDelivery formDelivery;
    private final boolean personal;

    /**
     * Pages that need no login.
     *
     * @param personal whether what signed-in users see there is for them alone
     */
    PublicPage(
            Identity identity,
            Challenge challenge,
            SilentLogin silentLogin,
            FormDelivery formDelivery,
            boolean personal) {
        this.identity = identity;
        this.challenge = challenge;
        this.silentLogin = silentLogin;
        this.formDelivery = formDelivery;
        this.personal = personal;
    }

    @Override
    public @Nullable HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response)
            throws AuthFailure, IOException {
        Login login = login(request);
        if (login == null) {
            return silentLogin.answer(request, response) ? null : new AnonymousRequest(request, challenge);
        }
        if (formDelivery.answer(request, response, login)) {
            return null;
        }
        if (personal) {
            Output.keepFromOthers(response);
        }
        return identity.of(login, request, response);
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
