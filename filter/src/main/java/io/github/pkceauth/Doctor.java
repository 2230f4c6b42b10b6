package io.github.pkceauth;

import io.github.pkceauth.config.Source;
import io.github.pkceauth.doctor.Command;
import java.util.List;

/**
 * Examines a deployment of the filter from its command line: reads the configuration as the filter does, asks the
 * provider what a login would ask it, and tells what is wrong, with the mend, and what to register. It needs the
 * filter's jar and that of nimbus-jose-jwt, and no container.
 *
 * <pre>java -cp pkce-auth-filter.jar:nimbus-jose-jwt.jar io.github.pkceauth.Doctor --help</pre>
 */
public final class Doctor {

    private Doctor() {}

    /**
     * Examines the deployment that system properties, environment and arguments describe, and ends the process: with 0
     * where nothing is wrong, 1 where something is at the provider or on the way to it, and 2 where the configuration
     * or the arguments cannot be used.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Command.run(
                List.of(arguments),
                List.of(Source.ofSystemProperties(), Source.ofEnvironment()),
                System.out,
                System.err));
    }
}
