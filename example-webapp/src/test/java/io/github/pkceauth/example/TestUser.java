package io.github.pkceauth.example;

import io.github.pkceauth.api.PkceUser;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A user as the filter would hand one to the application. */
record TestUser(String subject, Set<String> roles, Map<String, Object> claims) implements PkceUser {

    static final Instant LOGIN_TIME = Instant.parse("2026-03-01T08:00:00.123Z");

    @Override
    public String getName() {
        return subject;
    }

    @Override
    public String issuer() {
        return "https://provider.example";
    }

    @Override
    public @Nullable String sid() {
        return null;
    }

    @Override
    public Instant loginTime() {
        return LOGIN_TIME;
    }
}
