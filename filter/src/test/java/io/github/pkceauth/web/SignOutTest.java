package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.api.LoginEvent.SignedOut;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.RelyingParty;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SignOutTest {

    private static final Set<Thread.State> WAITS = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final RelyingParty relyingParty = mock(RelyingParty.class);
    private final Sessions sessions = mock(Sessions.class);
    private final Events events = mock(Events.class);
    private final EndedLogins endedLogins =
            new EndedLogins(EndedLoginsTest.Place.OWN_MEMORY.empty(), Duration.ofMinutes(1), Duration.ofDays(1));
    private final SignOut signOut =
            new SignOut(relyingParty, sessions, endedLogins, mock(BackButton.class), mock(SilentLogin.class), events);

    /** The second comes when the first has set the mark, and not ended the session yet. */
    @Test
    void ofTwoRequestsThatEndALoginTogetherOneSeesToTheRest() throws Exception {
        Login login = Logins.of("alice", "s1");
        AtomicBoolean ended = new AtomicBoolean();
        Thread second = new Thread(() -> signOut.end(Requests.get("/two").request(), login, Cause.LOGOUT));
        when(sessions.end(any())).thenAnswer(call -> {
            if (Thread.currentThread() != second) {
                second.start();
                awaitEndOrWait(second);
            }
            return ended.compareAndSet(false, true);
        });

        signOut.end(Requests.get("/one").request(), login, Cause.LOGOUT);
        second.join();

        assertTrue(ended.get());
        verify(events, times(1)).tell(any(SignedOut.class));
        verify(relyingParty, times(1)).revoke(login);
    }

    /** As in a listener of the application's that waits for another request's. */
    @Test
    void aSignOutThatHangsDoesNotHoldOthersUpForEver() throws Exception {
        Login login = Logins.of("alice", "s1");
        CountDownLatch end = new CountDownLatch(1);
        Thread hanging = new Thread(() -> signOut.end(Requests.get("/one").request(), login, Cause.LOGOUT));
        when(sessions.end(any())).thenAnswer(call -> {
            if (Thread.currentThread() == hanging) {
                end.await();
            }
            return false;
        });
        hanging.start();
        awaitEndOrWait(hanging);

        signOut.end(Requests.get("/two").request(), login, Cause.LOGOUT);

        assertTrue(hanging.isAlive());
        end.countDown();
        hanging.join();
    }

    private static void awaitEndOrWait(Thread thread) {
        while (thread.isAlive() && !WAITS.contains(thread.getState())) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
