package io.github.pkceauth.config;

import com.nimbusds.jose.JWEAlgorithm;
import io.github.pkceauth.oidc.Assurance;
import io.github.pkceauth.oidc.ClientKeys;
import io.github.pkceauth.oidc.Decryption;
import io.github.pkceauth.oidc.Pushing;
import io.github.pkceauth.oidc.SenderConstraint;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads how much more than usual is done for requests, answers and tokens to be genuine. */
final class AssuranceReader {

    private final Settings settings;
    private final Values values;
    private final Problems problems;

    AssuranceReader(Settings settings, Values values, Problems problems) {
        this.settings = settings;
        this.values = values;
        this.problems = problems;
    }

    Assurance read() {
        boolean fapi2 = values.orDefault(Param.PROFILE, Parsers.oneOf(Set.of("none", "fapi2")), "none")
                .equals("fapi2");
        ClientKeys keys = keys(fapi2);
        boolean signs = values.orDefault(Param.REQUEST_OBJECT, Parsers.oneOf(Set.of("none", "signed")), "none")
                .equals("signed");
        boolean isKeyGiven = settings.get(Param.CLIENT_KEY).isPresent();
        if (signs && keys.signing().isEmpty() && (!isKeyGiven || !keys.all().isEmpty())) {
            settings.get(Param.REQUEST_OBJECT)
                    .ifPresent(setting -> problems.add(
                            setting,
                            isKeyGiven
                                    ? "clientKey has no key that may sign" + (fapi2 ? " by profile=fapi2" : "")
                                    : "give clientKey as well: the private key, as a JWK or PEM"));
        }
        SenderConstraint constraint = values.optional(
                        Param.SENDER_CONSTRAINT, text -> constant(SenderConstraint.class, text))
                .orElse(fapi2 ? SenderConstraint.DPOP : SenderConstraint.NONE);
        if (constraint == SenderConstraint.MTLS && settings.get(Param.KEY_STORE).isEmpty()) {
            settings.get(Param.SENDER_CONSTRAINT)
                    .ifPresent(setting -> problems.add(
                            setting, "give keyStore as well: the certificate and its key, as PKCS #12 or PEM"));
        }
        return new Assurance(
                values.optional(Param.PUSHED_AUTHORIZATION, text -> constant(Pushing.class, text))
                        .orElse(fapi2 ? Pushing.REQUIRED : Pushing.AUTO),
                signs,
                constraint,
                keys,
                encryption(keys),
                fapi2);
    }

    /** The constant that is written so, in lower case. */
    private static <E extends Enum<E>> E constant(Class<E> type, String text) throws BadValue {
        Set<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return Enum.valueOf(type, Parsers.oneOf(words).parse(text).toUpperCase(Locale.ROOT));
    }

    private ClientKeys keys(boolean fapi2) {
        Optional<ClientKeys> keys = values.optional(Param.CLIENT_KEY, AssuranceReader::keys);
        return keys.map(all -> fapi2 ? all.forFapi() : all).orElse(ClientKeys.NONE);
    }

    private static ClientKeys keys(String text) throws BadValue {
        try {
            return ClientKeys.of(text);
        } catch (GeneralSecurityException e) {
            throw new BadValue(e.getMessage()
                    + (text.contains("{") || text.contains("-----") ? "" : "; a file is named in clientKeyFile"));
        }
    }

    private Optional<JWEAlgorithm> encryption(ClientKeys keys) {
        Optional<JWEAlgorithm> agreed =
                values.optional(Param.ID_TOKEN_ENCRYPTED_RESPONSE_ALG, AssuranceReader::encryptionAlgorithm);
        agreed.filter(algorithm -> !Decryption.algorithms(keys).contains(algorithm))
                .flatMap(algorithm -> settings.get(Param.ID_TOKEN_ENCRYPTED_RESPONSE_ALG))
                .ifPresent(setting -> problems.add(
                        setting,
                        "no key of clientKey can decrypt by it: give one "
                                + (setting.value().startsWith("RSA") ? "of the RSA kind" : "of the EC kind")
                                + (settings.get(Param.CLIENT_KEY).isPresent()
                                        ? ", as a further one, or write one of "
                                                + new TreeSet<>(Decryption.algorithms(keys).stream()
                                                        .map(JWEAlgorithm::getName)
                                                        .toList())
                                        : "")));
        return agreed;
    }

    private static JWEAlgorithm encryptionAlgorithm(String text) throws BadValue {
        Set<String> all = Decryption.all().stream().map(JWEAlgorithm::getName).collect(Collectors.toSet());
        return JWEAlgorithm.parse(Parsers.oneOf(all).parse(text));
    }
}
