package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
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

    /** How many logins may begin, each from another address, until one is refused. */
    private int logins() {
        return logins(number -> "visitor " + number);
    }

    private int logins(IntFunction<String> visitors) {
        for (int number = 0; number <= 2 * IN_RESERVE; number++) {
            try {
                limit.admit(visitors.apply(number));
            } catch (AuthFailure refused) {
                assertEquals(Reason.TOO_MANY_LOGINS, refused.reason());
                return number;
            }
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
    void anAddressThatSendsMuchLeavesHalfToTheOthers() {
        int taken = logins(number -> "one visitor");

        assertEquals(IN_RESERVE / 2, taken);
        assertEquals(IN_RESERVE - taken, logins());
    }

    /** Whoever floods gets two a second, as everybody does, and nothing else of what comes back. */
    @Test
    void whileOneFloodsTheOthersAreServed() throws AuthFailure {
        logins(number -> "one visitor");
        int taken = 0;
        for (int i = 0; i < 60 * PER_SECOND; i++) {
            pass(Duration.ofMillis(20));
            limit.admit("visitor " + i);
            taken += isAdmitted("one visitor") ? 1 : 0;
        }
        assertTrue(taken <= 2 * 60 + 1, "taken: " + taken);
    }

    private boolean isAdmitted(String visitor) {
        try {
            limit.admit(visitor);
            return true;
        } catch (AuthFailure refused) {
            return false;
        }
    }

    /** As behind a proxy that hides who is behind it. */
    @Test
    void oneAddressForAllHasTheWholeRate() {
        logins(number -> "the proxy");
        pass(Duration.ofSeconds(1));

        assertEquals(PER_SECOND, logins(number -> "the proxy"));
    }

    @Test
    void theRefusedTakeNothing() {
        logins();
        for (int i = 0; i < IN_RESERVE; i++) {
            assertThrows(AuthFailure.class, () -> limit.admit("another"));
        }
        pass(Duration.ofSeconds(1));

        assertEquals(PER_SECOND, logins(number -> "later " + number));
    }

    @Test
    void aRushIsServedUntilTheReserveIsUsedUp() {
        assertEquals(IN_RESERVE, logins());
        assertEquals(0, logins());
    }

    @Test
    void theReserveComesBackBySoMuchASecond() {
        logins();
        pass(Duration.ofSeconds(1));
        assertEquals(PER_SECOND, logins());
        pass(Duration.ofMillis(20));
        assertEquals(1, logins());
        pass(Duration.ofMillis(10));
        assertEquals(0, logins());
        pass(Duration.ofMillis(10));
        assertEquals(1, logins());
    }

    @Test
    void aQuietDaySavesNoMoreThanTheReserve() {
        pass(Duration.ofDays(1));
        assertEquals(IN_RESERVE, logins());
    }

    @Test
    void theCounterMayPassItsEnd() {
        logins();
        pass(Duration.ofSeconds(4));
        assertTrue(now.get() < 0);
        assertEquals(4 * PER_SECOND, logins());
    }
}
