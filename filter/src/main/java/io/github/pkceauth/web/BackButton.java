package io.github.pkceauth.web;

import io.github.pkceauth.oidc.RandomToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Has browsers forget the pages that they keep for the back button. Chromium keeps those with no-store,
 * too, until a cookie changes that scripts cannot see; so one does at a sign-out. It means nothing.
 */
final class BackButton {

    private static final String NAME = "pkce_signed_out";
    private static final int SECONDS = 60;

    private final OwnCookies cookies;

    BackButton(OwnCookies cookies) {
        this.cookies = cookies;
    }

    void forgetPages(HttpServletRequest request, HttpServletResponse response) {
        if (!response.isCommitted()) {
            cookies.send(request, response, NAME, RandomToken.next(), SECONDS);
        }
    }
}
