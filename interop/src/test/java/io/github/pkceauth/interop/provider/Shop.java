package io.github.pkceauth.interop.provider;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An application, which is the example as {@code java -jar} runs it, configured by its environment alone. */
final class Shop implements AutoCloseable {

    private final int port;
    private final Server server;

    private Shop(int port, Server server) {
        this.port = port;
        this.server = server;
    }

    /** Starts it with these parameters of the filter, by the names that they have in an environment. */
    static Shop start(int port, Map<String, String> parameters) {
        Map<String, String> environment = new HashMap<>(parameters);
        environment.put("PORT", String.valueOf(port));
        List<String> command = Java.command("-jar", System.getProperty("example.jar"));
        return new Shop(port, Server.start(command, environment, "Sign in with an account of your provider."));
    }

    /** The address of a path: a browser takes localhost for another site than 127.0.0.1, where providers are. */
    String url(String path) {
        return urlAt("localhost", path);
    }

    /** By another name of this machine, for which a browser has other cookies. */
    String urlAt(String host, String path) {
        return "http://" + host + ":" + port + path;
    }

    /** What the application says of the user, as a script is told it. */
    Page account(Browser browser) {
        return browser.fetch(url("/api/me"));
    }

    /** Signs out by the button on the front page, and goes on to where that leads. */
    Page signOut(Browser browser) {
        return browser.followFully(browser.submit(browser.navigate(url("/"))));
    }

    String log() {
        return server.log();
    }

    @Override
    public void close() {
        server.close();
    }
}
