package io.github.pkceauth.testkit;

import java.util.List;
import java.util.logging.Logger;

/** Keeps the containers off the console; {@link Logs#everything()} still hears them. */
final class ContainerLogs {
    /** Loggers are held weakly by the platform, so somebody has to hold them. */
    static final List<Logger> LOGGERS = List.of(Logger.getLogger("org.eclipse.jetty"), Logger.getLogger("org.apache"));

    private ContainerLogs() {}

    static void hush() {
        LOGGERS.forEach(logger -> logger.setUseParentHandlers(false));
    }
}
