package io.github.pkceauth.oidc;

import org.jspecify.annotations.Nullable;

/** Makes text from outside fit for a log line or a page: short, and without control characters. */
public final class Printable {

    private static final int MAX = 300;

    private Printable() {}

    /**
     * The text with every control, format and line-separating character replaced, cut to a length that
     * a line can bear.
     *
     * @param text anything, null included
     * @return printable text
     */
    public static String of(@Nullable Object text) {
        String raw = String.valueOf(text);
        int end = Math.min(raw.length(), MAX);
        StringBuilder out = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = raw.charAt(i);
            out.append(breaksLines(c) ? '\uFFFD' : c);
        }
        return raw.length() > MAX ? out.append('…').toString() : out.toString();
    }

    private static boolean breaksLines(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
