package io.github.pkceauth.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A request for a public page by nobody in particular; the application may ask for a login. */
final class AnonymousRequest extends HttpServletRequestWrapper {

    private final Challenge challenge;

    AnonymousRequest(HttpServletRequest request, Challenge challenge) {
        super(request);
        this.challenge = challenge;
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException {
        if (getUserPrincipal() != null) {
            return true; // by another filter, or the container
        }
        challenge.onDemand((HttpServletRequest) getRequest(), response);
        return false;
    }

    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException(
                "passwords are for the provider alone: call authenticate(), or send the user to loginPath");
    }
}
