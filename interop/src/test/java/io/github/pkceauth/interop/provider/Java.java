package io.github.pkceauth.interop.provider;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Java that runs the tests, for processes that are to run on the same. */
final class Java {

    private Java() {}

    static String home() {
        return System.getProperty("java.home");
    }

    /** The command line of a process that lives shortly. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(home(), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("brief.jvm").split(" ", -1)));
        command.addAll(List.of(arguments));
        return command;
    }
}
