package io.github.pkceauth.config;

import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.oidc.ClaimPath;
import io.github.pkceauth.oidc.ClaimRules;
import io.github.pkceauth.oidc.ClaimRules.UserinfoUse;
import io.github.pkceauth.oidc.Client;
import io.github.pkceauth.oidc.ProviderSettings;
import io.github.pkceauth.oidc.RelyingParty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the whole configuration once; tells every problem at once; calls nothing and nobody. */
public final class ConfigReader {

    private final Deployment deployment;
    private final Problems problems = new Problems();
    private final List<String> warnings = new ArrayList<>();
    private final Settings settings;
    private final Values values;
    private final Services services;

    private ConfigReader(Deployment deployment, boolean fromWithin) {
        this.deployment = deployment;
        this.services = fromWithin ? new ServicesWithin(deployment.services(), problems) : new ServicesUnseen();
        this.settings = Settings.read(deployment, problems);
        this.values = new Values(settings, problems);
    }

    /**
     * What was read.
     *
     * @param config the configuration
     * @param origins one line that names the source of every parameter that is set
     * @param warnings what is allowed and should be known
     */
    public record Reading(Config config, String origins, List<String> warnings) {}

    /**
     * Reads a deployment's configuration.
     *
     * @param deployment how and where the filter is deployed
     * @return the configuration, with what to log about it
     * @throws ConfigurationException naming all problems, if there are any
     */
    public static Reading read(Deployment deployment) throws ConfigurationException {
        return new ConfigReader(deployment, true).read();
    }

    /**
     * Reads a deployment's configuration where the application is not: what it brings along is not looked for.
     *
     * @param deployment how and where the filter is deployed
     * @return the configuration, without listeners and without a store of its own
     * @throws ConfigurationException naming all problems, if there are any
     */
    public static Reading readFromOutside(Deployment deployment) throws ConfigurationException {
        return new ConfigReader(deployment, false).read();
    }

    private Reading read() throws ConfigurationException {
        boolean allowInsecure = values.orDefault(Param.ALLOW_INSECURE_HTTP, Parsers::flag, false);
        Addresses addresses = new Addresses(allowInsecure);
        ProviderReader provider = new ProviderReader(settings, values, problems, addresses);
        ClaimRules claims = claims();
        Client client = new ClientReader(settings, values, problems, warnings).read();
        Paths paths = paths();
        SessionLife sessionLife = sessionLife(client);
        ProviderSettings providerSettings = provider.read();
        RelyingParty.Limits limits = limits();
        Access access = new AccessReader(settings, values, problems).read(client, paths);
        Config config = new Config(
                deployment.filterName(),
                providerSettings,
                client.detailing(access.detailsOfRules()),
                claims,
                limits,
                new TlsReader(settings, values, problems).read(client),
                allowInsecure,
                values.optional(Param.BASE_URL, addresses::base),
                new ForwardingReader(settings, values, problems, warnings).read(),
                paths,
                forwardedParameters(client),
                values.orDefault(Param.KEEP_FRAGMENT, Parsers::flag, false),
                access,
                values.optional(Param.ERROR_PAGE, Parsers::path),
                values.orDefault(Param.REPLAY_POST, Parsers::flag, false),
                values.orDefault(Param.MAX_PENDING_LOGINS, Parsers.number(1, 1000), 1),
                new PendingStateReader(settings, values, problems).read(),
                sessionLife,
                sharedStore(sessionLife, limits),
                values.optional(Param.CLEAR_SITE_DATA, Parsers::siteData).orElse(List.of()),
                services.listeners());
        warnOfLoneNode(config);
        checkName();
        provider.check(client, paths, deployment);
        new FapiCheck(settings, problems).check(client, allowInsecure);
        checkUserinfo(claims, client);
        new MappingCheck(deployment, problems).check(paths);
        new UnknownNames(deployment).report(problems, warnings);
        problems.failIfAny(deployment.filterName());
        return new Reading(config, origins(), List.copyOf(warnings));
    }

    private ClaimRules claims() {
        return new ClaimRules(
                values.orDefault(Param.PRINCIPAL_CLAIM, Parsers::principal, ClaimPath.parse("sub")),
                values.optional(Param.ROLES_CLAIM, Parsers::claimPaths).orElse(List.of()),
                UserinfoUse.valueOf(
                        values.orDefault(Param.USERINFO, Parsers.oneOf(Set.of("auto", "always", "never")), "auto")
                                .toUpperCase(Locale.ROOT)));
    }

    private RelyingParty.Limits limits() {
        Duration moment = Duration.ofMillis(1);
        return new RelyingParty.Limits(
                values.orDefault(Param.LOGIN_TIMEOUT, Parsers.duration(moment, Duration.ofDays(1)), moment),
                values.orDefault(Param.HTTP_TIMEOUT, Parsers.duration(moment, Duration.ofMinutes(5)), moment),
                values.orDefault(Param.CLOCK_SKEW, Parsers.duration(Duration.ZERO, Duration.ofMinutes(10)), moment));
    }

    private Paths paths() {
        return new Paths(
                values.orDefault(Param.CALLBACK_PATH, Parsers::ownPath, "/callback"),
                values.orDefault(Param.LOGIN_PATH, Parsers::ownPath, "/login"),
                values.orDefault(Param.LOGOUT_PATH, Parsers::ownPath, "/logout"),
                values.orDefault(Param.AFTER_LOGOUT_PATH, Parsers::path, "/"),
                values.optional(Param.BACKCHANNEL_LOGOUT_PATH, Parsers::ownPath),
                values.optional(Param.FRONTCHANNEL_LOGOUT_PATH, Parsers::ownPath));
    }

    private Set<String> forwardedParameters(Client client) {
        Set<String> names = values.optional(Param.FORWARDED_PARAMETERS, RequestParsers::loginHints)
                .orElse(Set.of());
        client.extraParameters().stream()
                .map(Map.Entry::getKey)
                .filter(names::contains)
                .forEach(name -> settings.get(Param.FORWARDED_PARAMETERS)
                        .ifPresent(setting -> problems.add(
                                setting, "authorizationParameters sets " + name + " already: name it in one of them")));
        return names;
    }

    private SessionLife sessionLife(Client client) {
        Optional<SessionLife.Policy> policy = values.optional(Param.SESSION_POLICY, Parsers::sessionPolicy);
        if (policy.filter(SessionLife.Policy.ID_TOKEN::equals).isPresent() && !client.usesOpenId()) {
            settings.get(Param.SESSION_POLICY)
                    .ifPresent(setting -> problems.add(
                            setting, "without openid in the scope there is no ID token; write container or refresh"));
        }
        Optional<Duration> maxAge =
                values.optional(Param.MAX_SESSION_AGE, Parsers.duration(Duration.ofSeconds(1), Duration.ofDays(3650)));
        return new SessionLife(
                policy,
                maxAge,
                values.orDefault(
                        Param.REFRESH_GRACE, Parsers.duration(Duration.ZERO, Duration.ofDays(1)), Duration.ZERO),
                SessionLife.noticeLife(maxAge, deployment.sessionTimeout()));
    }

    private Optional<SharedStore> sharedStore(SessionLife life, RelyingParty.Limits limits) {
        Optional<SharedStore> own = services.sharedStore();
        Optional<SharedStore> cache =
                values.optional(Param.SHARED_CACHE, name -> services.cache(name, longest(life, limits)));
        if (own.isPresent()) {
            settings.get(Param.SHARED_CACHE)
                    .ifPresent(setting -> problems.add(
                            setting,
                            "the application brings a store of its own, "
                                    + own.get().getClass().getName()
                                    + "; remove one of them"));
        }
        return own.or(() -> cache);
    }

    /** What is kept longest in a store: notices of logouts, unless a pending login may take longer yet. */
    private static Duration longest(SessionLife life, RelyingParty.Limits limits) {
        Duration login = limits.login().plus(limits.skew()).plusMinutes(1);
        return login.compareTo(life.noticeLife()) > 0 ? login : life.noticeLife();
    }

    private void warnOfLoneNode(Config config) {
        if (config.paths().backchannelLogout().isPresent()
                && config.sharedStore().isEmpty()) {
            warnings.add("backchannelLogoutPath is set without sharedCache: the provider's notices end the logins of"
                    + " this one server, and are forgotten when it is started again. With several nodes, or with"
                    + " sessions that outlive a restart, set sharedCache");
        }
    }

    private void checkName() {
        if (deployment.nameTaken()) {
            problems.add("another PkceAuthFilter of this application is named '"
                    + deployment.filterName()
                    + "' as well, or has no name either: give each a name of its own");
        }
    }

    private void checkUserinfo(ClaimRules claims, Client client) {
        if (claims.userinfo() != UserinfoUse.NEVER) {
            return;
        }
        if (!client.usesOpenId()) {
            settings.get(Param.USERINFO)
                    .ifPresent(setting -> problems.add(
                            setting,
                            "without openid in the scope, userinfo is the only place the user can come"
                                    + " from; write auto, or add openid to scope"));
        }
        if (claims.roles().stream().anyMatch(role -> role.source() == ClaimPath.Source.USERINFO)) {
            settings.get(Param.USERINFO)
                    .ifPresent(setting ->
                            problems.add(setting, "rolesClaim reads userinfo; write auto, or change rolesClaim"));
        }
    }

    private String origins() {
        List<String> all = new ArrayList<>();
        for (Setting setting : settings.all()) {
            all.add(setting.param().parameter() + " from " + setting.origin());
            boolean matters = Sensitivity.isSecuritySwitch(setting.param())
                    || Sensitivity.isSwitchedOff(setting.param(), setting.value());
            if (matters && setting.outside()) {
                warnings.add(setting.param().parameter()
                        + " is set to "
                        + setting.shown()
                        + " from outside the application, by "
                        + setting.origin());
            }
        }
        return String.join(", ", all);
    }
}
