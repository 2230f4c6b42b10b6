package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormRoomTest {

    private static final Duration LIFE = Duration.ofMinutes(20);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final FormRoom room = new FormRoom(100, LIFE, () -> now);
    private final List<String> sessions = new ArrayList<>();

    @Test
    void formsAreTakenUntilThereIsNoRoom() {
        assertTrue(takes(60));
        assertTrue(takes(40));
        assertFalse(takes(1));
    }

    @Test
    void whatIsRefusedTakesNoRoom() {
        assertTrue(takes(60));
        assertFalse(takes(41));
        assertTrue(takes(40));
    }

    @Test
    void aFormGivesItsRoomBackWhenItsLifeIsOver() {
        assertTrue(takes(100));
        forgetAll();
        now = now.plus(LIFE).minusMillis(1);
        assertFalse(takes(1));

        now = now.plusMillis(1);
        assertTrue(takes(100));
    }

    /** Whoever sent it may keep its session alive for as long as he likes. */
    @Test
    void aFormThatIsStillInASessionKeepsItsRoomAfterItsLife() {
        assertTrue(takes(100));
        now = now.plus(LIFE);
        assertFalse(takes(1));

        forgetAll();
        now = now.plus(LIFE);
        assertTrue(takes(100));
    }

    @Test
    void anEmptyFormHasRoomAlways() {
        assertTrue(takes(100));
        assertTrue(takes(0));
    }

    private boolean takes(int size) {
        String body = "x".repeat(size);
        boolean taken = room.take(body);
        if (taken) {
            sessions.add(body);
        }
        return taken;
    }

    private void forgetAll() {
        List<WeakReference<String>> forms =
                sessions.stream().map(WeakReference::new).toList();
        sessions.clear();
        for (int tries = 0; tries < 100 && !forms.stream().allMatch(form -> form.refersTo(null)); tries++) {
            System.gc();
        }
    }
}
