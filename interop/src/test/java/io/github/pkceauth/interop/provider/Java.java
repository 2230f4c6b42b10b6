package io.github.pkceauth.interop.provider;

import java.nio.file.Path;

/** The Java that runs the tests, for processes that are to run on the same. */
final class Java {

    private Java() {}

    static String home() {
        return System.getProperty("java.home");
    }

    static String command() {
        return Path.of(home(), "bin", "java").toString();
    }
}
