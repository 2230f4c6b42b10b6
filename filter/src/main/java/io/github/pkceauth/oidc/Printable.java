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
        if (isPrintable(raw)) {
            return raw;
        }
        StringBuilder out = new StringBuilder(Math.min(raw.length(), MAX) + 2);
        int length = 0;
        for (int i = 0; i < raw.length(); i += Character.charCount(raw.codePointAt(i))) {
            if (length++ == MAX) {
                return out.append('…').toString();
            }
            int codePoint = raw.codePointAt(i);
            out.appendCodePoint(breaksLines(codePoint) ? '\uFFFD' : codePoint);
        }
        return out.toString();
    }

    /** As nearly everything is. */
    private static boolean isPrintable(String raw) {
        if (raw.length() > MAX) {
            return false;
        }
        for (int i = 0; i < raw.length(); i += Character.charCount(raw.codePointAt(i))) {
            if (breaksLines(raw.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean breaksLines(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
