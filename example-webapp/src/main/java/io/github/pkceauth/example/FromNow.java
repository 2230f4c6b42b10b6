package io.github.pkceauth.example;

import java.time.Duration;

/** Says in words how far off a time is. */
final class FromNow {

    private FromNow() {}

    /** The two largest units of it, such as {@code in 4 min 32 s} or {@code 2 h 5 min ago}. */
    static String say(Duration until) {
        Duration length = until.abs();
        String words;
        if (length.toHours() > 0) {
            words = length.toHours() + " h " + length.toMinutesPart() + " min";
        } else if (length.toMinutes() > 0) {
            words = length.toMinutes() + " min " + length.toSecondsPart() + " s";
        } else {
            words = length.toSeconds() + " s";
        }
        return until.isNegative() ? words + " ago" : "in " + words;
    }
}
