package io.github.pkceauth.config;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.oidc.ClaimPath;
import io.github.pkceauth.oidc.Printable;
import io.github.pkceauth.oidc.SigningAlgorithms;
import io.github.pkceauth.oidc.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes values of parameters out of text; each failure says what to write instead. */
final class Parsers {

    /** Possessive: a group that may be taken back costs stack for each of its turns. */
    private static final Pattern PATH = Pattern.compile("/(?:[A-Za-z0-9_~!$&'()+,=:@.-]++(?:/|\\z))*+");

    private static final Pattern EXTENSION = Pattern.compile("\\*\\.[^/*]+");

    private Parsers() {}

    static String text(String text) {
        return text;
    }

    static Values.Parser<String> oneOf(Set<String> allowed) {
        return text -> {
            if (allowed.contains(text)) {
                return text;
            }
            throw new BadValue("write one of " + allowed.stream().sorted().toList() + Suggestion.of(text, allowed));
        };
    }

    static boolean flag(String text) throws BadValue {
        return oneOf(Set.of("true", "false")).parse(text).equals("true");
    }

    static Values.Parser<Duration> duration(Duration least, Duration most) {
        return text -> {
            Duration duration;
            try {
                duration = Duration.parse(text);
            } catch (DateTimeException e) {
                throw new BadValue("write an ISO 8601 duration, for example PT30S or PT10M");
            }
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new BadValue("write a duration between " + least + " and " + most);
            }
            return duration;
        };
    }

    static Values.Parser<Integer> number(int least, int most) {
        return text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Told below, together with numbers out of range.
            }
            throw new BadValue("write a whole number between " + least + " and " + most);
        };
    }

    static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    static List<ClaimPath> claimPaths(String text) throws BadValue {
        List<ClaimPath> paths = words(text).stream().map(ClaimPath::parse).toList();
        if (paths.stream().anyMatch(path -> path.path().isEmpty())) {
            throw new BadValue("write the claim's name behind the colon");
        }
        return paths;
    }

    static ClaimPath principal(String text) {
        return new ClaimPath(ClaimPath.Source.USER, text);
    }

    static JWSAlgorithm algorithm(String text) throws BadValue {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(text);
        if (algorithm.equals(JWSAlgorithm.HS256) || SigningAlgorithms.ASYMMETRIC.contains(algorithm)) {
            return algorithm;
        }
        throw new BadValue("write the one algorithm that the client is registered for: HS256, or one of "
                + SigningAlgorithms.ASYMMETRIC.stream()
                        .map(JWSAlgorithm::getName)
                        .sorted()
                        .toList());
    }

    /** The name of a PEM file; or PEM itself, which is what a value read from a file is. */
    static Tls trust(String text) throws BadValue {
        try {
            byte[] pem = text.contains("-----BEGIN")
                    ? text.getBytes(StandardCharsets.US_ASCII)
                    : Files.readAllBytes(Path.of(text));
            return Tls.ofJvmAnd(pem);
        } catch (IOException | InvalidPathException e) {
            throw new BadValue("the file cannot be read (" + e.getClass().getSimpleName() + "); name a PEM file");
        } catch (GeneralSecurityException e) {
            throw new BadValue("the file holds no certificates that can be read; name a PEM file");
        }
    }

    /** A path of the application: plain, absolute, and nothing but a path. */
    static String path(String text) throws BadValue {
        if (!PATH.matcher(text).matches()) {
            throw new BadValue("write a path within the application, beginning with one /, without query, wildcard or"
                    + " escapes");
        }
        if (Arrays.stream(text.split("/")).anyMatch(step -> step.equals(".") || step.equals(".."))) {
            throw new BadValue("write the path without . and .. in it");
        }
        return text;
    }

    /** A path that the filter keeps for itself, so it cannot be the application's front page. */
    static String ownPath(String text) throws BadValue {
        if (path(text).endsWith("/")) {
            throw new BadValue("write a path of its own for the filter, without a final slash");
        }
        return text;
    }

    static SessionLife.Policy sessionPolicy(String text) throws BadValue {
        Map<String, SessionLife.Policy> policies = Arrays.stream(SessionLife.Policy.values())
                .collect(Collectors.toMap(SessionLife.Policy::word, Function.identity()));
        return Objects.requireNonNull(policies.get(oneOf(policies.keySet()).parse(text)));
    }

    static Forwarding.Headers forwardedHeaders(String text) throws BadValue {
        Map<String, Forwarding.Headers> kinds = Arrays.stream(Forwarding.Headers.values())
                .collect(Collectors.toMap(Forwarding.Headers::word, Function.identity()));
        return Objects.requireNonNull(kinds.get(oneOf(kinds.keySet()).parse(text)));
    }

    /** Tenants as they stand in an issuer's path. */
    static List<String> tenants(String text) throws BadValue {
        for (String tenant : words(text)) {
            if (!tenant.matches("[A-Za-z0-9][A-Za-z0-9._-]*")
                    || Set.of("common", "organizations", "consumers").contains(tenant)) {
                throw new BadValue("'" + Printable.of(tenant)
                        + "' is no tenant; write the tenants' ids (GUIDs at Entra ID), separated by spaces");
            }
        }
        return List.copyOf(new LinkedHashSet<>(words(text)));
    }

    /** What the W3C's Clear Site Data 1 lets an answer drop, without what would reload open pages. */
    static List<String> siteData(String text) throws BadValue {
        for (String kind : words(text)) {
            oneOf(Set.of("cache", "cookies", "storage")).parse(kind);
        }
        return words(text);
    }

    static List<String> publicPaths(String text) throws BadValue {
        if (text.indexOf(',') >= 0) {
            throw new BadValue("write patterns separated by spaces, not commas");
        }
        for (String pattern : words(text)) {
            if (pattern.equals("/*") || pattern.equals("/**") || pattern.equals("*")) {
                throw new BadValue("'" + pattern + "' would make everything public; name what is to be");
            }
            pathPattern(pattern);
        }
        return words(text);
    }

    /** Checks that it is a pattern for paths. */
    static void pathPattern(String pattern) throws BadValue {
        if (pattern.equals("/*")) {
            return;
        }
        if (EXTENSION.matcher(pattern).matches()) {
            return;
        }
        boolean prefix = pattern.endsWith("/*");
        String stem = prefix ? pattern.substring(0, pattern.length() - 2) : pattern;
        if (stem.indexOf('*') >= 0 || !stem.startsWith("/") || (prefix && stem.endsWith("/"))) {
            throw new BadValue(
                    "'" + Printable.of(pattern) + "' is none of the forms: /, /an/exact/path, /prefix/*, *.ext");
        }
        path(stem);
    }
}
