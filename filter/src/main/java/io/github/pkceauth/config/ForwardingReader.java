package io.github.pkceauth.config;

import io.github.pkceauth.config.Forwarding.Headers;
import java.util.List;
import java.util.Optional;

/** Reads which forwarding headers are believed, and whose: one is of no use without the other. */
final class ForwardingReader {

    private final Settings settings;
    private final Values values;
    private final Problems problems;
    private final List<String> warnings;

    ForwardingReader(Settings settings, Values values, Problems problems, List<String> warnings) {
        this.settings = settings;
        this.values = values;
        this.problems = problems;
        this.warnings = warnings;
    }

    Forwarding read() {
        Headers headers = values.orDefault(Param.FORWARDED_HEADERS, Parsers::forwardedHeaders, Headers.NONE);
        TrustedProxies proxies =
                values.optional(Param.TRUSTED_PROXIES, TrustedProxies::parse).orElse(TrustedProxies.NONE);
        Optional<Setting> kind = settings.get(Param.FORWARDED_HEADERS);
        Optional<Setting> senders = settings.get(Param.TRUSTED_PROXIES);
        if (headers == Headers.NONE) {
            if (kind.isEmpty()) { // said openly, it switches off what another place has switched on
                senders.filter(setting -> !setting.value().isBlank()) // that is a problem already
                        .ifPresent(setting -> problems.add(
                                setting,
                                "nothing of theirs counts without forwardedHeaders; write forwarded or x-forwarded there,"
                                        + " or remove trustedProxies"));
            }
            return Forwarding.NONE;
        }
        if (senders.isEmpty()) {
            kind.ifPresent(setting -> problems.add(
                    setting,
                    "name those whose headers count in trustedProxies, for example 127.0.0.1 ::1 10.0.0.0/8; or set"
                            + " baseUrl in place of both"));
        }
        if (settings.get(Param.BASE_URL).isPresent()) {
            warnings.add("baseUrl is set, which wins over all headers: forwardedHeaders is of no use beside it");
        }
        return new Forwarding(headers, proxies);
    }
}
