package io.github.pkceauth.interop.container;

import io.github.pkceauth.testkit.ScriptedProvider;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A container with all applications in it, and the provider that they sign in at. */
public final class RunningContainer implements AutoCloseable {

    /** Where each application takes the provider's logout notices. */
    static final String BACKCHANNEL_LOGOUT = "/backchannel-logout";

    private final ContainerKind kind;
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final ContainerProcess process;

    private RunningContainer(ContainerKind kind, ProbeApp probe) {
        this.kind = kind;
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(WebApp.EXAMPLE_PLACE, System.getProperty("example.war"));
        properties.put(WebApp.PROBE_PLACE, probe.sound().toString());
        properties.put(WebApp.BROKEN_PLACE, probe.broken().toString());
        properties.put(
                "java.util.logging.config.file",
                Path.of("src", "test", "resources", "container", "logging.properties")
                        .toAbsolutePath()
                        .toString());
        try {
            process = ContainerProcess.start(kind, properties, environment());
        } catch (RuntimeException | Error e) {
            provider.close();
            throw e;
        }
    }

    /** A container of that kind, ready to serve. */
    static RunningContainer start(ContainerKind kind, ProbeApp probe) {
        return new RunningContainer(kind, probe);
    }

    /** The configuration of the filter, which a deployment gives in the environment. */
    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PKCE_ISSUER", provider.issuer());
        environment.put("PKCE_CLIENT_ID", provider.clientId());
        environment.put("PKCE_BACKCHANNEL_LOGOUT_PATH", BACKCHANNEL_LOGOUT);
        return environment;
    }

    ContainerKind kind() {
        return kind;
    }

    ScriptedProvider provider() {
        return provider;
    }

    int port() {
        return process.port();
    }

    /** The address of a path of the example, on localhost: another site than the provider's. */
    String example(String path) {
        return url("localhost", WebApp.EXAMPLE + path);
    }

    /** The address of a path of the {@link ProbeApp}, on localhost, too. */
    String probe(String path) {
        return url("localhost", WebApp.PROBE + path);
    }

    /**
     * The address of a path of the probe that takes the provider's answers as forms. It is on the provider's host: its
     * forms do not carry a SameSite cookie to another site.
     */
    String formPost(String path) {
        return url("127.0.0.1", WebApp.FORM_POST + path);
    }

    /** The address of a path of the application that is misconfigured. */
    String broken(String path) {
        return url("localhost", WebApp.BROKEN + path);
    }

    private String url(String host, String path) {
        return "http://" + host + ":" + port() + path;
    }

    /** Whatever container and applications have logged so far. */
    String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
        provider.close();
    }
}
