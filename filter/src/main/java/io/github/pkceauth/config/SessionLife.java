package io.github.pkceauth.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How long logins last.
 *
 * @param policy the rule for all logins; without it, each login's tokens decide
 * @param maxAge the longest, from the login on
 * @param refreshGrace how long a login lasts whose tokens have expired while the provider fails
 * @param noticeLife how long a notice of a logout is remembered; a session that nobody used for longer
 *     may have missed one
 */
public record SessionLife(
        Optional<Policy> policy, Optional<Duration> maxAge, Duration refreshGrace, Duration noticeLife) {

    /** Sessions that live longer than the container says are told so by the application, one by one. */
    private static final Duration LEAST_NOTICE_LIFE = Duration.ofDays(1);

    /** What ends a login, besides the container and a logout. */
    public enum Policy {
        /** Nothing else. */
        CONTAINER("container"),
        /** The expiry of the ID token. */
        ID_TOKEN("idToken"),
        /** A refresh of the tokens that the provider refuses. */
        REFRESH("refresh");

        private final String word;

        Policy(String word) {
            this.word = word;
        }

        /** The value of {@code sessionPolicy} that means it. */
        String word() {
            return word;
        }
    }

    /** How long notices are remembered: no shorter than the longest life of a session that nobody uses. */
    static Duration noticeLife(Optional<Duration> maxAge, Optional<Duration> sessionTimeout) {
        Duration idle = sessionTimeout
                .filter(timeout -> timeout.compareTo(LEAST_NOTICE_LIFE) > 0)
                .orElse(LEAST_NOTICE_LIFE);
        return maxAge.filter(age -> age.compareTo(idle) < 0).orElse(idle).plusMinutes(1);
    }
}
