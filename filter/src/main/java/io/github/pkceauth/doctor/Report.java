package io.github.pkceauth.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that there is to tell.
 *
 * @param filter the filter's name
 * @param issuer the provider, if the configuration names one that can be examined
 * @param findings what was found out
 * @param register what to register at the provider, by the names of RFC 7591 where it has some
 * @param exit the exit code
 */
record Report(String filter, Optional<String> issuer, List<Finding> findings, Map<String, Object> register, int exit) {

    /** Nothing is wrong; there may be warnings. */
    static final int FINE = 0;

    /** Something is wrong at the provider, or on the way to it. */
    static final int WRONG = 1;

    /** The configuration or the command line cannot be used. */
    static final int UNUSABLE = 2;

    /** A report about a provider. */
    static Report of(String filter, String issuer, List<Finding> findings, Map<String, Object> register) {
        boolean wrong = findings.stream().anyMatch(finding -> finding.code().level() == Level.FAIL);
        return new Report(filter, Optional.of(issuer), findings, register, wrong ? WRONG : FINE);
    }

    /** A report that ends before the provider is asked anything. */
    static Report unusable(String filter, Code code, List<String> problems) {
        List<Finding> findings = problems.stream()
                .map(problem -> new Finding(code, problem, Optional.empty()))
                .toList();
        return new Report(filter, Optional.empty(), findings, Map.of(), UNUSABLE);
    }

    /** How many findings are of this level. */
    long count(Level level) {
        return findings.stream()
                .filter(finding -> finding.code().level() == level)
                .count();
    }
}
