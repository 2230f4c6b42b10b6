package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.oidc.SealedAttempt.Opened;
import io.github.pkceauth.web.PendingCookies.Kept;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pending logins that the browser itself keeps, each in a sealed cookie named by its state: who is not signed in costs
 * the server nothing. A cookie can be copied, so what keeps an answer from being used twice is the store of used states
 * alone. Safe for use by several threads.
 */
final class CookiePendingLogins implements PendingLogins {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    /** Of names and values together: servers refuse requests whose headers have more than 8 KiB. */
    private static final int MAX_CHARACTERS = 3 * 1024;

    /** One that is longer leaves too little room for others, also for those of tabs that start at the same moment. */
    private static final int MAX_TARGET = 1024;

    /** As many as an answer's headers can hold; the others follow with the next. */
    private static final int MAX_CLEARED = 16;

    /** As long as a request that found a pending login may take until it takes it. */
    private static final Duration IN_FLIGHT = Duration.ofMinutes(1);

    private final PendingCookies cookies;
    private final int maxAttempts;
    private final Duration skew;
    private final SharedState usedStates;
    private final InstantSource clock;
    private final StrictCookie strictCookie = new StrictCookie();

    CookiePendingLogins(
            PendingCookies cookies, int maxAttempts, Duration skew, SharedState usedStates, InstantSource clock) {
        this.cookies = cookies;
        this.maxAttempts = maxAttempts;
        this.skew = skew;
        this.usedStates = usedStates;
        this.clock = clock;
    }

    @Override
    public void remember(HttpServletRequest request, HttpServletResponse response, LoginAttempt attempt) {
        Cookie cookie = cookies.sealed(request, fitting(attempt));
        int room = MAX_CHARACTERS
                - cookie.getName().length()
                - cookie.getValue().length()
                - cookies.lengthOfOthers(request, attempt.redirectUri());
        clear(request, response, surplus(request, attempt.redirectUri(), room, maxAttempts - 1));
        cookies.send(request, response, cookie, secondsLeft(attempt));
    }

    private static LoginAttempt fitting(LoginAttempt attempt) {
        int length = attempt.target().getBytes(StandardCharsets.UTF_8).length;
        if (length <= MAX_TARGET) {
            return attempt;
        }
        LOG.log(
                Level.DEBUG,
                "an address of {0} bytes does not fit into a cookie: its login will lead to the front page",
                length);
        return attempt.to(ReturnTo.FRONT_PAGE);
    }

    private int secondsLeft(LoginAttempt attempt) {
        Duration left = Duration.between(clock.instant(), attempt.expiresAt());
        return (int) Math.max(1, left.plusMillis(999).toSeconds());
    }

    @Override
    public @Nullable LoginAttempt attempt(HttpServletRequest request, String state) throws AuthFailure {
        return state.isEmpty() ? null : cookies.attempt(request, state);
    }

    @Override
    public boolean hasRestarted(HttpServletRequest request) throws AuthFailure {
        return cookies.all(request).stream().map(Kept::opened).anyMatch(opened -> opened != null && opened.isRestart());
    }

    /** What another site's link brings, these cookies come along with; what its form brings, they do not. */
    @Override
    public boolean cameAlong(HttpServletRequest request) throws AuthFailure {
        boolean hasSession = Sessions.isOpen(request);
        return cookies.cameAlong(request)
                ? hasSession || !strictCookie.isExpected(request)
                : hasSession && request.getMethod().equals("GET");
    }

    @Override
    public boolean isKeptFromOtherSites(HttpServletRequest request, HttpServletResponse response) {
        strictCookie.lookAt(response);
        return strictCookie.isExpected(request);
    }

    @Override
    public boolean take(HttpServletRequest request, HttpServletResponse response, LoginAttempt attempt)
            throws AuthFailure {
        // For as long as any node takes the cookie for good, whosever hands it is in.
        Duration left = Duration.between(clock.instant(), attempt.expiresAt());
        Duration life = (left.isNegative() ? Duration.ZERO : left).plus(skew).plus(IN_FLIGHT);
        if (!usedStates.putIfAbsent(attempt.state(), "used", life)) {
            return false;
        }
        forget(request, response, attempt);
        clear(request, response, surplus(request, attempt.redirectUri(), Integer.MAX_VALUE, Integer.MAX_VALUE));
        return true;
    }

    /** There is no mark of it, since whoever sends a provider's error could fill the store with them, at no cost. */
    @Override
    public void forget(HttpServletRequest request, HttpServletResponse response, LoginAttempt attempt) {
        cookies.clear(request, response, attempt);
    }

    @Override
    public void forgetExpired(HttpSession session) {
        // None is in there.
    }

    /** What is no use any longer, and the oldest of what there is no room for. */
    private List<Kept> surplus(HttpServletRequest request, String redirectUri, int room, int most) {
        Instant now = clock.instant();
        List<Kept> useless = new ArrayList<>();
        List<Kept> pending = new ArrayList<>();
        for (Kept kept : cookies.all(request, redirectUri)) {
            Opened opened = kept.opened();
            (opened == null || opened.isExpired(now) ? useless : pending).add(kept);
        }
        // Of one millisecond the later ones come last, as browsers send them (RFC 6265 section 5.4).
        Collections.reverse(pending);
        pending.sort(Comparator.comparing(CookiePendingLogins::startedAt).reversed());
        int characters = 0;
        int count = 0;
        for (Kept kept : pending) {
            characters += kept.length();
            count++;
            if (characters > room || count > most) {
                useless.add(kept);
            }
        }
        return useless;
    }

    private static Instant startedAt(Kept kept) {
        Opened opened = kept.opened();
        return opened == null ? Instant.MIN : opened.startedAt();
    }

    private void clear(HttpServletRequest request, HttpServletResponse response, List<Kept> useless) {
        useless.stream().limit(MAX_CLEARED).forEach(kept -> cookies.clear(request, response, kept.name()));
    }
}
