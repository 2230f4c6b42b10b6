package io.github.pkceauth.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on only when it is told to. Thread-safe. */
final class TestClock implements InstantSource {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    void set(Instant time) {
        now = time;
    }

    void set(Duration sinceStart) {
        now = START.plus(sinceStart);
    }
}
