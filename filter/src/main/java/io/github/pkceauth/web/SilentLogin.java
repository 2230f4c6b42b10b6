package io.github.pkceauth.web;

import io.github.pkceauth.oidc.LoginStart;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Asks the provider whether it knows a visitor of a page that is for everybody, without the visitor's noticing: once in a
 * browser's session, and only in browsers that have brought back the cookie which remembers that. So nobody goes round in
 * circles, and crawlers, which keep none, are never sent away. Safe for use by several threads.
 */
final class SilentLogin {

    /** Before the time from which on that may be done, in seconds. */
    private static final String TO_BE_ASKED = "ask-from-";

    private static final String ASKED = "asked";

    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** As long as the browser is open. */
    private static final int BROWSER_SESSION = -1;

    private final boolean enabled;
    private final StartLogin startLogin;
    private final ReturnTo returnTo;
    private final PageRules pageRules;
    private final OwnCookie memory;
    private final InstantSource clock;

    SilentLogin(
            boolean enabled,
            StartLogin startLogin,
            ReturnTo returnTo,
            PageRules pageRules,
            OwnCookie memory,
            InstantSource clock) {
        this.enabled = enabled;
        this.startLogin = startLogin;
        this.returnTo = returnTo;
        this.pageRules = pageRules;
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * Sends a visitor who is not signed in to ask, if that is due.
     *
     * @return whether the request has been answered by it
     */
    boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!enabled || RequestKind.of(request) != RequestKind.NAVIGATION || isFromElsewhere(request)) {
            return false;
        }
        List<String> remembered = memory.values(request);
        if (remembered.isEmpty()) {
            remember(request, response, TO_BE_ASKED + clock.instant().getEpochSecond());
            // A cache that served this to others would have them asked about again and again.
            response.setHeader("Cache-Control", "private");
            return false;
        }
        // A host next door can set one as well, which could not be replaced by ours: every one of them must allow it.
        if (!remembered.stream().allMatch(this::isDue)) {
            return false;
        }
        remember(request, response, ASKED);
        LoginStart start = LoginStart.to(returnTo.pageOf(request)).requiring(pageRules.atLogin(PagePath.of(request)));
        return startLogin.silently(request, response, start);
    }

    private boolean isDue(String remembered) {
        if (!remembered.startsWith(TO_BE_ASKED)) {
            return false;
        }
        try {
            long from = Long.parseLong(remembered.substring(TO_BE_ASKED.length()));
            return clock.instant().getEpochSecond() >= from;
        } catch (NumberFormatException e) {
            return false; // not ours
        }
    }

    /** The session's cookie may stay away from what another site's link brings, and the visitor be signed in. */
    private static boolean isFromElsewhere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return "cross-site".equals(site) || "same-site".equals(site);
    }

    /**
     * After a login: when it has ended without a sign-out, the provider may still know the user. One that ends as soon as
     * it is made must not be followed by the next at once.
     */
    void allow(HttpServletRequest request, HttpServletResponse response) {
        if (enabled) {
            remember(
                    request, response, TO_BE_ASKED + clock.instant().plus(PAUSE).getEpochSecond());
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
