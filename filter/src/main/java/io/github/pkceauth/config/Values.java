package io.github.pkceauth.config;

import java.util.Optional;

/** Reads settings as values of their types; what cannot be read becomes a problem. */
final class Values {

    /** Makes a value out of text. */
    interface Parser<T> {
        T parse(String text) throws BadValue;
    }

    private final Settings settings;
    private final Problems problems;

    Values(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** The value, or empty where it is not set or no use; then there is a problem, too. */
    <T> Optional<T> optional(Param param, Parser<T> parser) {
        return settings.get(param)
                .filter(setting -> !setting.value().isBlank()) // that is a problem already
                .flatMap(setting -> parsed(setting, parser));
    }

    /** The value, or the parameter's default; the fallback stands in where there is a problem. */
    <T> T orDefault(Param param, Parser<T> parser, T fallback) {
        if (settings.get(param).isPresent()) {
            return optional(param, parser).orElse(fallback);
        }
        String standard = param.defaultValue().orElseThrow();
        try {
            return parser.parse(standard);
        } catch (BadValue e) {
            throw new IllegalStateException("the default of " + param.parameter() + " is no use", e);
        }
    }

    /** The value, or a stand-in where it is missing or no use; then there is a problem, too. */
    <T> T required(Param param, Parser<T> parser, T standIn, String mend) {
        if (settings.get(param).isEmpty()) {
            problems.missing(param, mend);
        }
        return optional(param, parser).orElse(standIn);
    }

    private <T> Optional<T> parsed(Setting setting, Parser<T> parser) {
        try {
            return Optional.of(parser.parse(setting.value()));
        } catch (BadValue e) {
            problems.add(setting, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
