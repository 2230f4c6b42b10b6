package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.Login;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Pages that need a login: signed-in users pass who are what the page asks for, and nobody else does. */
final class Protect implements Handler {

    private final Identity identity;
    private final Challenge challenge;
    private final PageGuard pageGuard;
    private final FormDelivery formDelivery;

    Protect(Identity identity, Challenge challenge, PageGuard pageGuard, FormDelivery formDelivery) {
        this.identity = identity;
        this.challenge = challenge;
        this.pageGuard = pageGuard;
        this.formDelivery = formDelivery;
    }

    @Override
    public @Nullable HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response)
            throws AuthFailure, IOException {
        Login login = identity.login(request);
        if (login == null) {
            challenge.answer(request, response);
            return null;
        }
        if (pageGuard.answer(request, response, login) || formDelivery.answer(request, response, login)) {
            return null;
        }
        Output.keepFromOthers(response);
        return identity.of(login, request, response);
    }
}
