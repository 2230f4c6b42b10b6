package io.github.pkceauth.benchmarks.server;

import java.util.Arrays;
import java.util.List;

/** What was written behind a command: flags, and names each with a value behind it. */
public final class Arguments {

    private final List<String> all;

    /** As {@code main} gets them. */
    public Arguments(String[] all) {
        this.all = Arrays.asList(all);
    }

    /** Whether a flag is there. */
    public boolean has(String flag) {
        return all.contains(flag);
    }

    /** The value behind a name, or a default. */
    public String get(String name, String otherwise) {
        int at = all.indexOf(name);
        return at < 0 || at + 1 >= all.size() ? otherwise : all.get(at + 1);
    }

    /** The number behind a name, or a default. */
    public int number(String name, int otherwise) {
        return Integer.parseInt(get(name, String.valueOf(otherwise)));
    }
}
