package io.github.pkceauth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Return addresses that try to leave the site, or to smuggle something in: none of them is a plain
 * absolute path. They stand in {@code open-redirects.txt}, whose head explains the escapes.
 */
public final class OpenRedirects {
    private static final String FILE = "/open-redirects.txt";
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9A-Fa-f]{4})|([tnr\\\\]))");

    private OpenRedirects() {}

    /** Every payload, unescaped. */
    public static Stream<String> all() {
        try (InputStream in = OpenRedirects.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new AssertionError(FILE + " is not on the class path");
            }
            return Wire.utf8(in.readAllBytes())
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("# "))
                    .map(OpenRedirects::unescape);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String unescape(String line) {
        Matcher escape = ESCAPE.matcher(line);
        StringBuilder text = new StringBuilder();
        while (escape.find()) {
            String hex = escape.group(1);
            char plain = hex == null ? control(escape.group(2)) : (char) Integer.parseInt(hex, 16);
            escape.appendReplacement(text, Matcher.quoteReplacement(String.valueOf(plain)));
        }
        return escape.appendTail(text).toString();
    }

    private static char control(String letter) {
        return switch (letter) {
            case "t" -> '\t';
            case "n" -> '\n';
            case "r" -> '\r';
            default -> '\\';
        };
    }
}
