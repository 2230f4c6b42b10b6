package io.github.pkceauth.example.launcher.provider;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * The application as the provider knows it: a confidential client whose secret is made up at each start.
 *
 * @param id the client identifier
 * @param secret the client's secret
 * @param port the application's port
 * @param callback the path that answers are sent to
 * @param afterLogout the path that users are sent to who have signed out
 */
record ExampleClient(String id, String secret, int port, String callback, String afterLogout) {

    static ExampleClient create(int port, String callback, String afterLogout) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new ExampleClient(
                "example-webapp",
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
                port,
                callback,
                afterLogout);
    }

    /** The addresses of a path of the application, at each of the names that this machine has in a browser. */
    List<String> addresses(String path) {
        // A browser leaves the default port out.
        String at = port == 80 ? "" : ":" + port;
        return List.of("http://localhost" + at + path, "http://127.0.0.1" + at + path);
    }

    @Override
    public String toString() {
        return "ExampleClient[id=" + id + ", secret=(not shown), port=" + port + "]";
    }
}
