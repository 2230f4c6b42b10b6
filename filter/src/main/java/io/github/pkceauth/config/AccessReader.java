package io.github.pkceauth.config;

import io.github.pkceauth.oidc.AuthenticationRequirements;
import io.github.pkceauth.oidc.AuthorizationDetails;
import io.github.pkceauth.oidc.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads who may see which pages. */
final class AccessReader {

    private static final String OPTIONAL = "optional";
    private static final String REQUIRED = "required";

    private final Settings settings;
    private final Values values;
    private final Problems problems;

    AccessReader(Settings settings, Values values, Problems problems) {
        this.settings = settings;
        this.values = values;
        this.problems = problems;
    }

    /** The page after a logout is public as well; one that the deployment names, for itself and not as anything else. */
    private List<String> publicPaths(String afterLogout) {
        List<String> paths = new ArrayList<>(
                values.optional(Param.PUBLIC_PATHS, Parsers::publicPaths).orElse(List.of()));
        if (settings.get(Param.AFTER_LOGOUT_PATH).isPresent()) {
            paths.add(afterLogout);
        }
        return List.copyOf(paths);
    }

    Access read(Client client, Paths paths) {
        Optional<Duration> maxAge =
                values.optional(Param.MAX_AGE, Parsers.duration(Duration.ZERO, Duration.ofDays(3650)));
        Access access = new Access(
                values.orDefault(Param.MODE, Parsers.oneOf(Set.of(OPTIONAL, REQUIRED)), REQUIRED)
                        .equals(OPTIONAL),
                values.orDefault(Param.SILENT_LOGIN, Parsers::flag, false),
                publicPaths(paths.afterLogout()),
                new AuthenticationRequirements(
                        values.optional(Param.ACR_VALUES, PathRuleParsers::acrValues)
                                .orElse(""),
                        maxAge.map(Duration::toSeconds).orElse(AuthenticationRequirements.ANY_AGE)),
                values.optional(Param.STEP_UP, PathRuleParsers::stepUp).orElse(List.of()),
                values.optional(Param.ROLE_RULES, PathRuleParsers::roles).orElse(List.of()));
        if (settings.get(Param.ROLES_CLAIM).isEmpty()
                && access.roles().stream().anyMatch(rule -> !rule.rule().contains(Access.EVERYBODY))) {
            settings.get(Param.ROLE_RULES)
                    .ifPresent(setting -> problems.add(
                            setting, "nobody has a role without rolesClaim: say there where the provider sends them"));
        }
        checkDetails(client, access);
        if (!client.usesOpenId()) {
            for (Param param : List.of(Param.ACR_VALUES, Param.MAX_AGE, Param.STEP_UP, Param.SILENT_LOGIN)) {
                settings.get(param)
                        .filter(setting -> param != Param.STEP_UP || !isOfDetailsAlone(access))
                        .ifPresent(
                                setting -> problems.add(
                                        setting,
                                        "this is OpenID Connect's, and not in plain OAuth 2.0: add openid to scope, or remove it"));
            }
        }
        return access;
    }

    private static boolean isOfDetailsAlone(Access access) {
        return !access.stepUp().isEmpty()
                && access.stepUp().stream()
                        .map(PathRule::rule)
                        .allMatch(rule -> rule.acrValues().isEmpty() && !rule.limitsAge());
    }

    /** What a rule asks for must be there to be asked for. */
    private void checkDetails(Client client, Access access) {
        Set<String> unknown = new TreeSet<>(access.detailsOfRules());
        client.authorizationDetails().map(AuthorizationDetails::types).ifPresent(unknown::removeAll);
        if (!unknown.isEmpty()) {
            settings.get(Param.STEP_UP)
                    .ifPresent(setting -> problems.add(
                            setting, "authorizationDetails has nothing of the type " + unknown + ": add it there"));
        }
    }
}
