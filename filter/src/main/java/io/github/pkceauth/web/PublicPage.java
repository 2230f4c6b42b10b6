package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Pages that need no login: everybody passes, and who is signed in is known here, too. */
final class PublicPage implements Handler {

    private final Identity identity;
    private final Challenge challenge;

    PublicPage(Identity identity, Challenge challenge) {
        this.identity = identity;
        this.challenge = challenge;
    }

    @Override
    public HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response) {
        HttpServletRequest signedIn = identity.of(request, response);
        return signedIn == null ? new AnonymousRequest(request, challenge) : signedIn;
    }
}
