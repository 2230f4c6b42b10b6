package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PushLimitTest {

    private static final int AT_ONCE = 32;
    private static final int PER_SECOND = 50;
    private static final int IN_RESERVE = 500;

    /** Such as may be seen: {@link System#nanoTime()} may begin anywhere, and pass its end. */
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(2).toNanos());

    private final PushLimit limit = new PushLimit(now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** How many calls there are, one after the other, until one is refused. */
    private int calls() throws AuthFailure {
        for (int calls = 0; calls <= 2 * IN_RESERVE; calls++) {
            try {
                limit.enter();
            } catch (AuthFailure refused) {
                assertEquals(Reason.TOO_MANY_LOGINS, refused.reason());
                return calls;
            }
            limit.leave();
        }
        throw new AssertionError("no limit");
    }

    @Test
    void soManyAreUnderWayAtOnceAndNoMore() throws AuthFailure {
        for (int i = 0; i < AT_ONCE; i++) {
            limit.enter();
        }
        AuthFailure refused = assertThrows(AuthFailure.class, limit::enter);
        assertEquals(Reason.TOO_MANY_LOGINS, refused.reason());
        assertTrue(refused.getMessage().contains("32 pushed requests are under way"), refused.getMessage());

        limit.leave();
        limit.enter();
        assertThrows(AuthFailure.class, limit::enter);
    }

    @Test
    void whoeverIsRefusedTakesNothing() throws AuthFailure {
        for (int i = 0; i < AT_ONCE; i++) {
            limit.enter();
        }
        for (int i = 0; i < IN_RESERVE; i++) {
            assertThrows(AuthFailure.class, limit::enter);
        }
        for (int i = 0; i < AT_ONCE; i++) {
            limit.leave();
        }
        assertEquals(IN_RESERVE - AT_ONCE, calls());
    }

    @Test
    void aRushIsServedUntilTheReserveIsUsedUp() throws AuthFailure {
        assertEquals(IN_RESERVE, calls());
        assertEquals(0, calls());
    }

    @Test
    void theReserveComesBackBySoMuchASecond() throws AuthFailure {
        calls();
        pass(Duration.ofSeconds(1));
        assertEquals(PER_SECOND, calls());
        pass(Duration.ofMillis(20));
        assertEquals(1, calls());
        pass(Duration.ofMillis(10));
        assertEquals(0, calls());
        pass(Duration.ofMillis(10));
        assertEquals(1, calls());
    }

    @Test
    void aQuietDaySavesNoMoreThanTheReserve() throws AuthFailure {
        pass(Duration.ofDays(1));
        assertEquals(IN_RESERVE, calls());
    }

    @Test
    void theCounterMayPassItsEnd() throws AuthFailure {
        calls();
        pass(Duration.ofSeconds(4));
        assertTrue(now.get() < 0);
        assertEquals(4 * PER_SECOND, calls());
    }
}
