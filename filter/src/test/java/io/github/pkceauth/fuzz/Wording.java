package io.github.pkceauth.fuzz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every message to a log has to be like, whatever it speaks of: one line, printable, short, and no secret. */
public final class Wording {

    /** Three pieces of foreign text as they are quoted, and the words around them. */
    private static final int MAX_LENGTH = 1500;

    private Wording() {}

    /** Fails unless the message is fit for a log and holds none of the secrets. */
    public static void check(@Nullable String message, String... secrets) {
        if (message == null || message.isBlank()) {
            throw new AssertionError("a failure without words");
        }
        if (message.length() > MAX_LENGTH) {
            throw new AssertionError("a message of " + message.length() + " characters");
        }
        message.codePoints().filter(Wording::isUnprintable).findFirst().ifPresent(codePoint -> {
            throw new AssertionError("the character " + Integer.toHexString(codePoint) + " in: " + message);
        });
        for (String secret : List.of(secrets)) {
            if (message.contains(secret)) {
                throw new AssertionError("the secret '" + secret + "' in: " + message);
            }
        }
    }

    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
