package io.github.pkceauth.config;

import io.github.pkceauth.oidc.Printable;
import java.util.regex.Pattern;

/** Tells names of files from secrets that stand in their place, so that messages can show the former alone. */
final class FileNames {

    /** Keys in base64 have slashes as well, and long texts between them. */
    private static final Pattern PATH =
            Pattern.compile("[^/\\\\\\p{Cntrl}]{0,39}(?:[/\\\\][^/\\\\\\p{Cntrl}]{0,39})++");

    private static final Pattern WITH_ENDING = Pattern.compile("[\\w-]{1,39}\\.[A-Za-z0-9]{1,5}");

    private static final int LONGEST = 1024;

    private FileNames() {}

    /** Whether it looks like a path, and not like a secret that was put in the wrong place. */
    static boolean isPath(String text) {
        return text.length() <= LONGEST
                && !text.contains("-----")
                && PATH.matcher(text).matches();
    }

    /** What can be shown of something that should be the name of a file, which is a path or has an ending. */
    static String shown(String text) {
        return isPath(text) || WITH_ENDING.matcher(text).matches() ? "'" + Printable.of(text) + "'" : "[hidden]";
    }
}
