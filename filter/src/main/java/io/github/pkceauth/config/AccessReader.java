package io.github.pkceauth.config;

import io.github.pkceauth.oidc.AuthenticationRequirements;
import io.github.pkceauth.oidc.Client;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads who may see which pages. */
final class AccessReader {

    private final Settings settings;
    private final Values values;
    private final Problems problems;

    AccessReader(Settings settings, Values values, Problems problems) {
        this.settings = settings;
        this.values = values;
        this.problems = problems;
    }

    Access read(Client client) {
        Optional<Duration> maxAge =
                values.optional(Param.MAX_AGE, Parsers.duration(Duration.ZERO, Duration.ofDays(3650)));
        Access access = new Access(
                values.optional(Param.PUBLIC_PATHS, Parsers::publicPaths).orElse(List.of()),
                new AuthenticationRequirements(
                        values.optional(Param.ACR_VALUES, PathRuleParsers::acrValues)
                                .orElse(""),
                        maxAge.map(Duration::toSeconds).orElse(AuthenticationRequirements.ANY_AGE)),
                values.optional(Param.STEP_UP, PathRuleParsers::stepUp).orElse(List.of()),
                values.optional(Param.ROLE_RULES, PathRuleParsers::roles).orElse(List.of()));
        if (!client.usesOpenId()) {
            for (Param param : List.of(Param.ACR_VALUES, Param.MAX_AGE, Param.STEP_UP)) {
                settings.get(param)
                        .ifPresent(setting -> problems.add(
                                setting,
                                "only an ID token says how the user signed in: add openid to scope, or remove it"));
            }
        }
        return access;
    }
}
