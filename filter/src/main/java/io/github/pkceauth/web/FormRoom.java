package io.github.pkceauth.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much all kept forms of this server may take up together: everybody can send some, and nobody may
 * fill the memory with them. Safe for use by several threads.
 */
final class FormRoom {

    private final long bytes;
    private final Duration life;
    private final InstantSource clock;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long used;

    private record Kept(int bytes, Instant until) {}

    /**
     * Room for forms.
     *
     * @param bytes how many, for all of them
     * @param life how long one may be kept
     */
    FormRoom(long bytes, Duration life, InstantSource clock) {
        this.bytes = bytes;
        this.life = life;
        this.clock = clock;
    }

    /** Whether there is room for so many bytes, which then are taken until the form's life is over. */
    synchronized boolean take(int size) {
        Instant now = clock.instant();
        for (Kept oldest = kept.peek(); oldest != null && !now.isBefore(oldest.until()); oldest = kept.peek()) {
            used -= oldest.bytes();
            kept.remove();
        }
        if (used + size > bytes) {
            return false;
        }
        used += size;
        kept.add(new Kept(size, now.plus(life)));
        return true;
    }
}
