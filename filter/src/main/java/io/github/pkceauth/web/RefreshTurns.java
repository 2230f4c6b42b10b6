package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.SealedLogin;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * Whose turn it is, of all nodes, to refresh a login, and what came of it. A refresh token that two
 * nodes send is a stolen one to a careful provider (RFC 9700 section 4.14.2), and the login is lost.
 * Safe for use by several threads.
 */
final class RefreshTurns {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");
    private static final String RUNNING = "running";
    private static final String FAILED = "failed";
    private static final long FIRST_LOOK_MILLIS = 10;
    private static final long LONGEST_LOOK_MILLIS = 200;

    private static final Duration PAUSE_AFTER_THE_END = Duration.ofSeconds(30);

    private final SharedState refreshed;
    private final SharedState turns;
    private final Duration turnLife;
    private final Duration refreshedLife;

    /**
     * Nobody's turn yet.
     *
     * @param refreshed where refreshed logins are kept, sealed
     * @param turns where it is kept whose turn it is
     * @param turnLife how long a turn may take; that of a node that has died is over then
     * @param refreshedLife how long a refreshed login is kept for nodes with an older state of it
     */
    RefreshTurns(SharedState refreshed, SharedState turns, Duration turnLife, Duration refreshedLife) {
        this.refreshed = refreshed;
        this.turns = turns;
        this.turnLife = turnLife;
        this.refreshedLife = refreshedLife;
    }

    /** The login in a newer state, if any node has one. */
    Optional<Login> newerThan(Login login) throws AuthFailure {
        return refreshed
                .get(login.id())
                .flatMap(found -> SealedLogin.open(found, login))
                .map(found -> found.with(login.form()))
                .filter(found -> found.isNewerThan(login));
    }

    /** Takes the turn to refresh this state of the login, if nobody has it or had it in vain just now. */
    boolean take(Login login) throws AuthFailure {
        return turns.putIfAbsent(turn(login), RUNNING, turnLife);
    }

    /** Hands out what came of this node's turn. */
    void succeeded(Login newer) {
        try {
            refreshed.put(newer.id(), SealedLogin.of(newer.with(null)), refreshedLife); // forms are large
        } catch (AuthFailure e) {
            LOG.log(Level.WARNING, "a refreshed login is not known to other nodes: {0}", e.getMessage());
        }
    }

    /** Nothing came of this node's turn; nobody tries again until the pause is over. */
    void failed(Login login, Duration pause) {
        try {
            turns.put(turn(login), FAILED, pause);
        } catch (AuthFailure e) {
            LOG.log(Level.DEBUG, "other nodes will find out by themselves that a refresh failed", e);
        }
    }

    /** The login has ended by this node's turn; nobody need wait for it. */
    void over(Login login) {
        failed(login, PAUSE_AFTER_THE_END);
    }

    /**
     * Waits for what comes of another node's turn.
     *
     * @param login the login
     * @param longest how long
     * @return the login in its newer state, or empty where the turn is over without one, taken or not
     * @throws AuthFailure if the other node failed, or did not come to an end in that time
     */
    Optional<Login> await(Login login, Duration longest) throws AuthFailure {
        long start = System.nanoTime();
        for (long pause = FIRST_LOOK_MILLIS; ; pause = Math.min(2 * pause, LONGEST_LOOK_MILLIS)) {
            Optional<String> turn = turns.get(turn(login));
            Optional<Login> newer = newerThan(login);
            if (newer.isPresent() || turn.isEmpty()) {
                return newer;
            }
            if (turn.get().equals(FAILED)) {
                throw unreachable("another node could not refresh this login a moment ago");
            }
            if (System.nanoTime() - start >= longest.toNanos()) {
                throw unreachable("another node was refreshing this login, and no answer came within " + longest);
            }
            sleep(pause);
        }
    }

    private static void sleep(long millis) throws AuthFailure {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("another node's refresh was not waited for: this thread was interrupted");
        }
    }

    private static AuthFailure unreachable(String how) {
        return new AuthFailure(Reason.PROVIDER_UNREACHABLE, how);
    }

    private static String turn(Login login) {
        return login.id() + " " + login.generation();
    }
}
