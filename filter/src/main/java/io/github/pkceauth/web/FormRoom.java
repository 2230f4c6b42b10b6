package io.github.pkceauth.web;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much all kept forms of this filter may take up together: everybody can send some, and nobody may
 * fill the memory with them, not even who keeps the sessions alive that they wait in. Safe for use by
 * several threads.
 */
final class FormRoom {

    private final long bytes;
    private final Duration life;
    private final InstantSource clock;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private long used;

    /** A session that is kept elsewhere leaves no body here to look for, so its room is taken for a while at least. */
    private record Kept(WeakReference<String> body, int bytes, Instant until) {}

    /**
     * Room for forms.
     *
     * @param bytes how many, for all of them
     * @param life how long one takes its room at least
     */
    FormRoom(long bytes, Duration life, InstantSource clock) {
        this.bytes = bytes;
        this.life = life;
        this.clock = clock;
    }

    /**
     * Whether there is room for a form, which then is taken until the form's life is over and no session
     * of this server holds it any longer.
     *
     * @param body the form as it is kept, a character a byte
     */
    synchronized boolean take(String body) {
        Instant now = clock.instant();
        for (Kept oldest = kept.peek(); oldest != null && !now.isBefore(oldest.until()); oldest = kept.peek()) {
            kept.remove();
            if (oldest.body().refersTo(null)) {
                used -= oldest.bytes();
            } else {
                kept.add(new Kept(oldest.body(), oldest.bytes(), now.plus(life)));
            }
        }
        if (used + body.length() > bytes) {
            return false;
        }
        used += body.length();
        kept.add(new Kept(new WeakReference<>(body), body.length(), now.plus(life)));
        return true;
    }
}
