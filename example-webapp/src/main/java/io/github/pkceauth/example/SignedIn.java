package io.github.pkceauth.example;

import io.github.pkceauth.api.PkceUser;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;

/** The user of a protected page. */
final class SignedIn {

    private SignedIn() {}

    /**
     * The user who sent the request.
     *
     * @throws ServletException if there is none, which on a protected page can only mean that the filter is not there
     */
    static PkceUser user(HttpServletRequest request) throws ServletException {
        return PkceUser.of(request)
                .orElseThrow(() -> new ServletException("Nobody is signed in at the protected page "
                        + request.getServletPath() + ": map PkceAuthFilter to it, and keep it out of publicPaths"));
    }
}
