package io.github.pkceauth.example.launcher;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says about a start.
 *
 * @param host the address that the application listens on ({@code HOST})
 * @param port the application's port, or 0 for any free one ({@code PORT})
 * @param providerHost the name in the development provider's issuer ({@code PROVIDER_HOST}); it listens on loopback
 *     whatever the name
 * @param providerPort the development provider's port, or 0 for any free one ({@code PROVIDER_PORT})
 * @param partnerPort the port of the second development provider, or 0 for any free one ({@code PARTNER_PORT})
 * @param issuer the setting that names a provider elsewhere, so that none is to be started here
 */
record Settings(
        String host, int port, String providerHost, int providerPort, int partnerPort, Optional<String> issuer) {

    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_PROVIDER_PORT = 9000;

    /** Where the filter looks for its issuer before it looks into the web application; its name there is "pkce". */
    private static final List<String> ISSUER_VARIABLES =
            List.of("PKCE_ISSUER", "PKCE_ISSUER_FILE", "PKCE_PKCE_ISSUER", "PKCE_PKCE_ISSUER_FILE");

    private static final List<String> ISSUER_PROPERTIES =
            List.of("pkce.issuer", "pkce.issuerFile", "pkce.pkce.issuer", "pkce.pkce.issuerFile");

    private static final List<String> CLIENT_VARIABLES =
            List.of("PKCE_CLIENT_ID", "PKCE_CLIENT_ID_FILE", "PKCE_CLIENT_SECRET", "PKCE_CLIENT_SECRET_FILE");

    static Settings of(Map<String, String> environment) throws StartFailure {
        Optional<String> issuer = issuer(environment);
        if (issuer.isEmpty()) {
            refuseClientOfNoProvider(environment);
        }
        return new Settings(
                host(environment),
                port(environment, "PORT", DEFAULT_PORT),
                providerHost(environment),
                port(environment, "PROVIDER_PORT", DEFAULT_PROVIDER_PORT),
                port(environment, "PARTNER_PORT", 0),
                issuer);
    }

    /** The setting that names a provider elsewhere. */
    static Optional<String> issuer(Map<String, String> environment) {
        return ISSUER_VARIABLES.stream()
                .filter(environment::containsKey)
                .findFirst()
                .or(() -> ISSUER_PROPERTIES.stream()
                        .filter(name -> System.getProperty(name) != null)
                        .findFirst());
    }

    /** They would win over those of the development provider, and no login would ever succeed. */
    private static void refuseClientOfNoProvider(Map<String, String> environment) throws StartFailure {
        for (String variable : CLIENT_VARIABLES) {
            if (environment.containsKey(variable)) {
                throw new StartFailure(variable + " is set but PKCE_ISSUER is not: set PKCE_ISSUER to sign in at your"
                        + " provider, or unset " + variable + " to sign in at the development provider");
            }
        }
    }

    private static String host(Map<String, String> environment) throws StartFailure {
        String host = environment.getOrDefault("HOST", DEFAULT_HOST);
        if (host.isBlank()) {
            throw new StartFailure("HOST is empty: give the address to listen on, or unset it for " + DEFAULT_HOST);
        }
        return host;
    }

    private static String providerHost(Map<String, String> environment) throws StartFailure {
        String host = environment.getOrDefault("PROVIDER_HOST", DEFAULT_HOST);
        if (!host.equals("127.0.0.1") && !host.equals("localhost")) {
            throw new StartFailure(
                    "PROVIDER_HOST is \"" + host + "\": the development provider is 127.0.0.1 or localhost");
        }
        return host;
    }

    private static int port(Map<String, String> environment, String variable, int otherwise) throws StartFailure {
        String value = environment.get(variable);
        if (value == null) {
            return otherwise;
        }
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw notAPort(variable, value, otherwise);
        }
        throw notAPort(variable, value, otherwise);
    }

    private static StartFailure notAPort(String variable, String value, int otherwise) {
        return new StartFailure(variable + " is \"" + value + "\": give a port from 0 to 65535 (0 takes any free one),"
                + " or unset it for " + otherwise);
    }
}
