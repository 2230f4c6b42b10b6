package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FormRoomTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final FormRoom room = new FormRoom(100, Duration.ofMinutes(20), () -> now);

    @Test
    void formsAreTakenUntilThereIsNoRoom() {
        assertTrue(room.take(60));
        assertTrue(room.take(40));
        assertFalse(room.take(1));
    }

    @Test
    void whatIsRefusedTakesNoRoom() {
        assertTrue(room.take(60));
        assertFalse(room.take(41));
        assertTrue(room.take(40));
    }

    @Test
    void aFormGivesItsRoomBackWhenItsLifeIsOver() {
        assertTrue(room.take(100));
        now = now.plus(Duration.ofMinutes(20)).minusMillis(1);
        assertFalse(room.take(1));

        now = now.plusMillis(1);
        assertTrue(room.take(100));
    }

    @Test
    void anEmptyFormHasRoomAlways() {
        assertTrue(room.take(100));
        assertTrue(room.take(0));
    }
}
