package io.github.pkceauth.config;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.oidc.ClaimPath;
import io.github.pkceauth.oidc.ClaimRules;
import io.github.pkceauth.oidc.ClaimRules.UserinfoUse;
import io.github.pkceauth.oidc.Client;
import io.github.pkceauth.oidc.ClientAuthentication;
import io.github.pkceauth.oidc.ProviderSettings;
import io.github.pkceauth.oidc.RelyingParty;
import io.github.pkceauth.oidc.Secret;
import io.github.pkceauth.oidc.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the whole configuration once; tells every problem at once; calls nothing and nobody. */
public final class ConfigReader {

    private static final String NONE = "none";
    private static final String BASIC = "client_secret_basic";
    private static final String POST = "client_secret_post";

    /** RFC 7518 section 3.2: a key of the size of the hash at the least. */
    private static final int HS256_BYTES = 32;

    /** What the ID token would have to be compared with: the request goes through the user's hands. */
    private static final Set<String> UNCHECKED_WISHES = Set.of("acr_values", "claims", "hd", "organization");

    private final Deployment deployment;
    private final Problems problems = new Problems();
    private final List<String> warnings = new ArrayList<>();
    private final Settings settings;
    private final Values values;

    private ConfigReader(Deployment deployment) {
        this.deployment = deployment;
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
        return new ConfigReader(deployment).read();
    }

    private Reading read() throws ConfigurationException {
        boolean allowInsecure = values.orDefault(Param.ALLOW_INSECURE_HTTP, Parsers::flag, false);
        Addresses addresses = new Addresses(allowInsecure);
        ClaimRules claims = claims();
        Client client = client();
        Paths paths = paths();
        Services services = new Services(deployment.services(), problems);
        SessionLife sessionLife = sessionLife(client);
        Config config = new Config(
                deployment.filterName(),
                provider(addresses),
                client,
                claims,
                limits(),
                values.optional(Param.TRUSTED_CERTIFICATES, Parsers::trust).orElseGet(Trust::ofJvm),
                allowInsecure,
                values.optional(Param.BASE_URL, addresses::base),
                paths,
                values.optional(Param.PUBLIC_PATHS, Parsers::publicPaths).orElse(List.of()),
                values.optional(Param.ERROR_PAGE, Parsers::path),
                values.orDefault(Param.MAX_PENDING_LOGINS, Parsers.number(1, 1000), 1),
                sessionLife,
                sharedStore(services, sessionLife),
                values.optional(Param.CLEAR_SITE_DATA, Parsers::siteData).orElse(List.of()),
                services.listeners());
        warnOfLoneNode(config);
        checkName();
        checkUserinfo(claims, client);
        checkSecretStaysWithItsIssuer();
        new MappingCheck(deployment, problems).check(paths);
        new UnknownNames(deployment).report(problems, warnings);
        problems.failIfAny(deployment.filterName());
        return new Reading(config, origins(), List.copyOf(warnings));
    }

    private ProviderSettings provider(Addresses addresses) {
        return new ProviderSettings(
                values.required(
                        Param.ISSUER,
                        addresses::issuer,
                        "https://issuer.invalid",
                        "write the provider's issuer identifier, for example https://login.example.com/"),
                values.optional(Param.METADATA_URL, addresses::endpoint),
                values.optional(Param.AUTHORIZATION_ENDPOINT, addresses::endpoint),
                values.optional(Param.TOKEN_ENDPOINT, addresses::endpoint),
                values.optional(Param.JWKS_URI, addresses::endpoint),
                values.optional(Param.USERINFO_ENDPOINT, addresses::endpoint),
                values.optional(Param.END_SESSION_ENDPOINT, addresses::endpoint),
                values.optional(Param.REVOCATION_ENDPOINT, addresses::endpoint));
    }

    private Client client() {
        Optional<Secret> secret = values.optional(Param.CLIENT_SECRET, Secret::new);
        List<Map.Entry<String, String>> extra =
                values.optional(Param.AUTHORIZATION_PARAMETERS, Parsers::query).orElse(List.of());
        warnOfUncheckedWishes(extra);
        return new Client(
                values.required(Param.CLIENT_ID, Parsers::text, NONE, "write the client id that the provider issued"),
                authentication(secret),
                secret,
                values.orDefault(Param.SCOPE, Parsers::scope, "openid"),
                values.optional(Param.AUDIENCE, Parsers::text),
                values.optional(Param.RESOURCE, Addresses::resources).orElse(List.of()),
                values.orDefault(Param.RESPONSE_MODE, Parsers.oneOf(Set.of("query", "form_post")), "query")
                        .equals("form_post"),
                extra,
                idTokenAlgorithm(secret));
    }

    private void warnOfUncheckedWishes(List<Map.Entry<String, String>> extra) {
        for (Map.Entry<String, String> parameter : extra) {
            if (UNCHECKED_WISHES.contains(parameter.getKey())) {
                warnings.add("authorizationParameters has "
                        + parameter.getKey()
                        + ", which users can take out of the request, and no ID token is checked for it: what depends"
                        + " on it, the application or the provider must check itself");
            }
        }
    }

    private ClientAuthentication authentication(Optional<Secret> secret) {
        String method = values.optional(Param.CLIENT_AUTHENTICATION, Parsers.oneOf(Set.of(NONE, BASIC, POST)))
                .orElse(settings.get(Param.CLIENT_SECRET).isPresent() ? BASIC : NONE);
        if (method.equals(NONE)) {
            if (secret.isPresent()) {
                warnings.add("clientAuthentication is none, so the token endpoint is not sent the clientSecret");
            }
            return new ClientAuthentication.None();
        }
        if (settings.get(Param.CLIENT_SECRET).isEmpty()) {
            settings.get(Param.CLIENT_AUTHENTICATION)
                    .ifPresent(setting -> problems.add(setting, "give clientSecret as well, or write none"));
        }
        Secret proof = secret.orElseGet(() -> new Secret(""));
        return method.equals(BASIC) ? new ClientAuthentication.Basic(proof) : new ClientAuthentication.Post(proof);
    }

    private Optional<JWSAlgorithm> idTokenAlgorithm(Optional<Secret> secret) {
        Optional<JWSAlgorithm> algorithm = values.optional(Param.ID_TOKEN_SIGNED_RESPONSE_ALG, Parsers::algorithm);
        if (algorithm.filter(JWSAlgorithm.HS256::equals).isPresent()) {
            int bytes = secret.map(key -> key.reveal().getBytes(StandardCharsets.UTF_8).length)
                    .orElse(0);
            if (bytes < HS256_BYTES) {
                settings.get(Param.ID_TOKEN_SIGNED_RESPONSE_ALG)
                        .ifPresent(setting -> problems.add(
                                setting,
                                "HS256 needs a clientSecret of "
                                        + HS256_BYTES
                                        + " bytes at the least; better register the client for RS256"));
            }
        }
        return algorithm;
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

    private Optional<SharedStore> sharedStore(Services services, SessionLife life) {
        Optional<SharedStore> own = services.sharedStore();
        Optional<SharedStore> cache =
                values.optional(Param.SHARED_CACHE, name -> services.cache(name, life.noticeLife()));
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

    /**
     * One application's secret must never be sent to another's provider; what the secret goes to is
     * the token endpoint and the revocation endpoint, which the issuer's metadata names, or a setting.
     */
    private void checkSecretStaysWithItsIssuer() {
        settings.get(Param.CLIENT_SECRET).ifPresent(secret -> {
            for (Param target :
                    List.of(Param.ISSUER, Param.METADATA_URL, Param.TOKEN_ENDPOINT, Param.REVOCATION_ENDPOINT)) {
                settings.get(target)
                        .filter(setting -> setting.rank() < secret.rank())
                        .ifPresent(setting -> problems.add("clientSecret ("
                                + secret.origin()
                                + ") was not meant for the "
                                + target.parameter()
                                + ", which comes from the "
                                + setting.origin()
                                + " and would be sent the secret: give clientSecret in the same place as "
                                + target.parameter()));
            }
        });
    }

    private String origins() {
        List<String> all = new ArrayList<>();
        for (Setting setting : settings.all()) {
            all.add(setting.param().parameter() + " from " + setting.origin());
            if (setting.param().isSecuritySwitch() && setting.outside()) {
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
