package io.github.pkceauth.doctor;

import io.github.pkceauth.testkit.ScriptedProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A scripted provider that says what time it is, as real ones do. */
final class HealthyProvider {

    private HealthyProvider() {}

    static ScriptedProvider start() {
        return ahead(ScriptedProvider.start(), Duration.ZERO);
    }

    /** Its clock runs, so that a slow machine makes no difference. */
    static ScriptedProvider ahead(ScriptedProvider provider, Duration ahead) {
        provider.everywhere()
                .changing(reply -> reply.withHeader("Date", date(Instant.now().plus(ahead))));
        return provider;
    }

    /** In the form of RFC 9110 section 5.6.7. */
    static String date(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }
}
