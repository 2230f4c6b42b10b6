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

    private static boolean breaksLines(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
