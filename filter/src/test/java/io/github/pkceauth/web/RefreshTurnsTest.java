package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.oidc.IssuedTokens;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.SentForm;
import io.github.pkceauth.store.MemoryStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two nodes that share a store. */
class RefreshTurnsTest {

    private static final Duration TURN = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicLong nanoTime = new AtomicLong();
    private final MemoryStore store = new MemoryStore(100, nanoTime::get);
    private final RefreshTurns here = node();
    private final RefreshTurns there = node();

    private RefreshTurns node() {
        return new RefreshTurns(
                new SharedState(store, "a client", "refreshed logins"),
                new SharedState(store, "a client", "refreshes under way"),
                TURN,
                Duration.ofHours(1));
    }

    private static Login login(String id, int generation) {
        @Nullable PkceUser nobody = null;
        return new Login(
                "a-client",
                id,
                nobody,
                new IssuedTokens("access " + generation, null, "openid", "refresh", null, Logins.START, null, null),
                null,
                Logins.START,
                generation,
                null,
                null,
                null);
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    @Test
    void oneNodeHasTheTurn() throws Exception {
        assertTrue(here.take(login("a", 0)));
        assertFalse(there.take(login("a", 0)));
        assertFalse(here.take(login("a", 0)));
    }

    @Test
    void eachLoginAndEachStateOfItHasATurnOfItsOwn() throws Exception {
        assertTrue(here.take(login("a", 0)));
        assertTrue(there.take(login("a", 1)));
        assertTrue(there.take(login("b", 0)));
    }

    @Test
    void theTurnOfANodeThatHasDiedIsOverAfterAWhile() throws Exception {
        assertTrue(here.take(login("a", 0)));
        pass(TURN.minusNanos(1));
        assertFalse(there.take(login("a", 0)));
        pass(Duration.ofNanos(1));
        assertTrue(there.take(login("a", 0)));
    }

    @Test
    void whatCameOfATurnIsThereForWhoHasAnOlderState() throws Exception {
        here.succeeded(login("a", 2));

        assertEquals(Optional.of(login("a", 2)), there.newerThan(login("a", 1)));
        assertEquals(Optional.of(login("a", 2)), there.newerThan(login("a", 0)));
        assertEquals(Optional.empty(), there.newerThan(login("a", 2)));
        assertEquals(Optional.empty(), there.newerThan(login("a", 3)));
        assertEquals(Optional.empty(), there.newerThan(login("b", 0)));
    }

    /** It is large, and what users write is their own. */
    @Test
    void aFormThatWaitsStaysOutOfTheStore() throws Exception {
        SentForm form = SentForm.kept("/save", "text=a", Logins.START);
        here.succeeded(login("a", 2).with(form));

        assertEquals(Optional.of(login("a", 2)), there.newerThan(login("a", 1)));
        assertEquals(
                Optional.of(login("a", 2).with(form)),
                there.newerThan(login("a", 1).with(form)));
    }

    @Test
    void nobodyTriesAgainUntilThePauseAfterAFailureIsOver() throws Exception {
        assertTrue(here.take(login("a", 0)));
        here.failed(login("a", 0), Duration.ofSeconds(2));

        assertFalse(there.take(login("a", 0)));
        assertUnreachable("another node could not refresh this login a moment ago");
        pass(Duration.ofSeconds(2));
        assertTrue(there.take(login("a", 0)));
    }

    @Test
    void whoWaitsLearnsWhatCameOfIt() throws Exception {
        assertTrue(here.take(login("a", 0)));
        CompletableFuture<Optional<Login>> waiting = waiting();

        here.succeeded(login("a", 1));

        assertEquals(Optional.of(login("a", 1)), waiting.get(20, TimeUnit.SECONDS));
    }

    @Test
    void whoWaitsForANodeThatHasDiedMayTakeTheTurn() throws Exception {
        assertTrue(here.take(login("a", 0)));
        CompletableFuture<Optional<Login>> waiting = waiting();

        pass(TURN);

        assertEquals(Optional.empty(), waiting.get(20, TimeUnit.SECONDS));
        assertTrue(there.take(login("a", 0)));
    }

    @Test
    void whoWaitsForALoginThatEndsIsLetGo() throws Exception {
        assertTrue(here.take(login("a", 0)));
        here.over(login("a", 0));

        assertUnreachable("another node could not refresh this login a moment ago");
    }

    @Test
    void nobodyWaitsForEver() throws Exception {
        assertTrue(here.take(login("a", 0)));

        AuthFailure failure = assertThrows(AuthFailure.class, () -> there.await(login("a", 0), Duration.ofMillis(1)));

        assertEquals(Reason.PROVIDER_UNREACHABLE, failure.reason());
        assertEquals(
                "another node was refreshing this login, and no answer came within PT0.001S", failure.getMessage());
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() throws Exception {
        assertTrue(here.take(login("a", 0)));
        Thread.currentThread().interrupt();
        try {
            assertUnreachable("another node's refresh was not waited for: this thread was interrupted");
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    private CompletableFuture<Optional<Login>> waiting() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return there.await(login("a", 0), PATIENCE);
            } catch (AuthFailure e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void assertUnreachable(String message) {
        AuthFailure failure = assertThrows(AuthFailure.class, () -> there.await(login("a", 0), PATIENCE));
        assertEquals(Reason.PROVIDER_UNREACHABLE, failure.reason());
        assertEquals(message, failure.getMessage());
    }
}
