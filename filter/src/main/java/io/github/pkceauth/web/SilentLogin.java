package io.github.pkceauth.web;

import io.github.pkceauth.oidc.LoginStart;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Asks the provider whether it knows a visitor of a page that is for everybody, without the visitor's noticing: once in a
 * browser's session, and only in browsers that have brought back the cookie which remembers that. So nobody goes round in
 * circles, and crawlers, which keep none, are never sent away. Safe for use by several threads.
 */
final class SilentLogin {

    private static final String TO_BE_ASKED = "ask";
    private static final String ASKED = "asked";

    /** As long as the browser is open. */
    private static final int BROWSER_SESSION = -1;

    private final boolean enabled;
    private final StartLogin startLogin;
    private final ReturnTo returnTo;
    private final PageRules pageRules;
    private final OwnCookie memory;

    SilentLogin(boolean enabled, StartLogin startLogin, ReturnTo returnTo, PageRules pageRules, OwnCookie memory) {
        this.enabled = enabled;
        this.startLogin = startLogin;
        this.returnTo = returnTo;
        this.pageRules = pageRules;
        this.memory = memory;
    }

    /**
     * Sends a visitor who is not signed in to ask, if that is due.
     *
     * @return whether the request has been answered by it
     */
    boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!enabled || RequestKind.of(request) != RequestKind.NAVIGATION) {
            return false;
        }
        String remembered = memory.value(request);
        if (!TO_BE_ASKED.equals(remembered)) {
            if (!ASKED.equals(remembered)) {
                remember(request, response, TO_BE_ASKED);
            }
            return false;
        }
        remember(request, response, ASKED);
        LoginStart start =
                LoginStart.to(returnTo.pageOf(request)).requiring(pageRules.atLogin(DecodedPath.of(request)));
        return startLogin.silently(request, response, start);
    }

    /** After a login: when it has ended without a sign-out, the provider may still know the user. */
    void allow(HttpServletRequest request, HttpServletResponse response) {
        if (enabled && !TO_BE_ASKED.equals(memory.value(request))) {
            remember(request, response, TO_BE_ASKED);
        }
    }

    /** After a sign-out: whoever asked for it is not to be signed in again unasked. */
    void forbid(HttpServletRequest request, HttpServletResponse response) {
        if (enabled && !response.isCommitted()) {
            remember(request, response, ASKED);
        }
    }

    private void remember(HttpServletRequest request, HttpServletResponse response, String what) {
        memory.send(request, response, what, BROWSER_SESSION);
    }
}
