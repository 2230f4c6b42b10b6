package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.Login;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes a login once for all who ask for it at the same time: one request leads on each node, and
 * of those one has the turn. The others take what came of it. Safe for use by several threads.
 */
final class RefreshFlights {

    private final Sessions sessions;
    private final RefreshTurns turns;
    private final RefreshCall call;
    private final Duration longestWait;
    private final ConcurrentMap<String, CompletableFuture<RefreshOutcome>> underWay = new ConcurrentHashMap<>();

    /**
     * None under way.
     *
     * @param longestWait how long a request waits for another's
     */
    RefreshFlights(Sessions sessions, RefreshTurns turns, RefreshCall call, Duration longestWait) {
        this.sessions = sessions;
        this.turns = turns;
        this.call = call;
        this.longestWait = longestWait;
    }

    /**
     * Refreshes the login, or takes part in a refresh that is under way.
     *
     * @param request the request
     * @param seen the login as the request has it
     * @param wait whether it is worth waiting for another's refresh; if not, the login is handed back as it
     *     is where there is one
     * @return what came of it
     * @throws AuthFailure if it cannot be told what other nodes do
     */
    RefreshOutcome join(HttpServletRequest request, Login seen, boolean wait) throws AuthFailure {
        CompletableFuture<RefreshOutcome> mine = new CompletableFuture<>();
        CompletableFuture<RefreshOutcome> theirs = underWay.putIfAbsent(seen.id(), mine);
        if (theirs != null) {
            RefreshOutcome outcome = wait ? adopted(request, seen, theirs) : new RefreshOutcome(seen, null);
            // The one that led did not wait for another node; this one does.
            return wait && isUnchanged(outcome, seen) ? join(request, seen, true) : outcome;
        }
        try {
            RefreshOutcome outcome = lead(request, seen, wait);
            mine.complete(outcome);
            return outcome;
        } catch (AuthFailure | RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(seen.id(), mine);
        }
    }

    private static boolean isUnchanged(RefreshOutcome outcome, Login seen) {
        Login login = outcome.login();
        return login != null && outcome.failure() == null && login.id().equals(seen.id()) && !login.isNewerThan(seen);
    }

    private RefreshOutcome adopted(HttpServletRequest request, Login seen, CompletableFuture<RefreshOutcome> theirs)
            throws AuthFailure {
        try {
            RefreshOutcome outcome = theirs.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
            // This request may have a copy of the session of its own, depending on the session store.
            if (outcome.login() == null) {
                return RefreshOutcome.ENDED;
            }
            return sessions.replace(request, outcome.login()) ? outcome : call.inPlace(sessions.login(request));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthFailure failure) {
                throw failure;
            }
            throw new AuthFailure(Reason.INTERNAL_ERROR, "the filter failed; please report this", e);
        } catch (TimeoutException e) {
            return call.failed(request, seen, unwaited("gave no answer within " + longestWait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return call.failed(request, seen, unwaited("was not waited for: this thread was interrupted"));
        }
    }

    private static AuthFailure unwaited(String how) {
        return new AuthFailure(Reason.PROVIDER_UNREACHABLE, "another request's refresh of the same login " + how);
    }

    private RefreshOutcome lead(HttpServletRequest request, Login seen, boolean wait) throws AuthFailure {
        // The one before may have come to its end between this request's first look and now.
        @Nullable Login current = sessions.login(request);
        if (current == null || !current.id().equals(seen.id())) {
            return call.inPlace(current);
        }
        if (current.isNewerThan(seen)) {
            return found(current, seen);
        }
        Optional<Login> newer = turns.newerThan(current);
        while (newer.isEmpty() && !turns.take(current)) {
            if (!wait) {
                return new RefreshOutcome(current, null);
            }
            try {
                newer = turns.await(current, longestWait);
            } catch (AuthFailure e) {
                if (e.reason() == Reason.STORE_UNAVAILABLE) {
                    throw e;
                }
                Optional<RefreshOutcome> ended = call.ifEnded(request, current);
                return ended.isPresent() ? ended.get() : call.failed(request, current, e);
            }
        }
        if (newer.isEmpty()) {
            newer = turns.newerThan(current); // another node may have come to its end just before this one's turn
        }
        if (newer.isPresent()) {
            return sessions.replace(request, newer.get())
                    ? found(newer.get(), seen)
                    : call.inPlace(sessions.login(request));
        }
        return call.make(request, current);
    }

    /** What another request or node has come to: new tokens, or no more than a new refresh token. */
    private static RefreshOutcome found(Login newer, Login seen) {
        boolean hasNewTokens = !newer.tokens().receivedAt().equals(seen.tokens().receivedAt());
        return new RefreshOutcome(newer, hasNewTokens ? null : unwaited("came to nothing a moment ago"));
    }
}
