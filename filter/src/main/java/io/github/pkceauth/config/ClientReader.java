package io.github.pkceauth.config;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.oidc.Assurance;
import io.github.pkceauth.oidc.Client;
import io.github.pkceauth.oidc.ResponseMode;
import io.github.pkceauth.oidc.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads who this application is to the provider, how it proves that, and what it asks for. */
final class ClientReader {

    private static final String PROMPT = "prompt";

    /** What the ID token would have to be compared with: the request goes through the user's hands. */
    private static final Set<String> UNCHECKED_WISHES = Set.of("claims", "hd", "organization");

    private final Settings settings;
    private final Values values;
    private final Problems problems;
    private final List<String> warnings;

    ClientReader(Settings settings, Values values, Problems problems, List<String> warnings) {
        this.settings = settings;
        this.values = values;
        this.problems = problems;
        this.warnings = warnings;
    }

    Client read() {
        Optional<Secret> secret = values.optional(Param.CLIENT_SECRET, Secret::new);
        List<Map.Entry<String, String>> extra = values.optional(Param.AUTHORIZATION_PARAMETERS, RequestParsers::query)
                .orElse(List.of());
        warnOfUncheckedWishes(extra);
        Assurance assurance = new AssuranceReader(settings, values, problems).read();
        return new Client(
                values.required(Param.CLIENT_ID, Parsers::text, "none", "write the client id that the provider issued"),
                new ClientAuthenticationReader(settings, values, problems, warnings)
                        .read(secret, assurance.keys(), assurance.fapi2()),
                secret,
                values.orDefault(Param.SCOPE, RequestParsers::scope, "openid"),
                values.optional(Param.AUDIENCE, Parsers::text),
                values.optional(Param.RESOURCE, Addresses::resources).orElse(List.of()),
                values.optional(Param.AUTHORIZATION_DETAILS, RequestParsers::authorizationDetails),
                values.orDefault(Param.RESPONSE_MODE, RequestParsers::responseMode, ResponseMode.QUERY),
                prompt(extra),
                extra.stream()
                        .filter(parameter -> !parameter.getKey().equals(PROMPT))
                        .toList(),
                idTokenAlgorithm(secret),
                assurance);
    }

    /** It may stand among the further parameters as well; a login that the user is not to notice has another one. */
    private Optional<String> prompt(List<Map.Entry<String, String>> extra) {
        Optional<String> further = extra.stream()
                .filter(parameter -> parameter.getKey().equals(PROMPT))
                .map(Map.Entry::getValue)
                .findFirst();
        Optional<String> own = values.optional(Param.PROMPT, RequestParsers::prompt);
        if (further.isPresent()) {
            settings.get(Param.PROMPT)
                    .ifPresent(setting ->
                            problems.add(setting, "authorizationParameters has a prompt as well: remove one of them"));
        }
        return own.or(() -> further);
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

    private Optional<JWSAlgorithm> idTokenAlgorithm(Optional<Secret> secret) {
        Optional<JWSAlgorithm> algorithm = values.optional(Param.ID_TOKEN_SIGNED_RESPONSE_ALG, Parsers::algorithm);
        if (algorithm.filter(JWSAlgorithm.HS256::equals).isPresent()) {
            if (secret.filter(Secret::isKeyForHs256).isEmpty()) {
                settings.get(Param.ID_TOKEN_SIGNED_RESPONSE_ALG)
                        .ifPresent(setting -> problems.add(
                                setting,
                                "HS256 needs a clientSecret of "
                                        + Secret.HS256_BYTES
                                        + " bytes at the least; better register the client for RS256"));
            }
        }
        return algorithm;
    }
}
