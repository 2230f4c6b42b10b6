package io.github.pkceauth.benchmarks.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A contestant that runs, and its provider: two processes. */
final class Site implements AutoCloseable {

    private final Child provider;
    private final Child server;
    private final int port;
    private final String name;

    private Site(Child provider, Child server) {
        this.provider = provider;
        this.server = server;
        String[] where = server.where().split(" ", 2);
        this.port = Integer.parseInt(where[0]);
        this.name = where[1];
    }

    /**
     * Starts both.
     *
     * @param contestant what is started
     * @param client the client's id, which says what its tokens are like
     * @param options further options of the JVM
     */
    static Site start(Installed contestant, String client, List<String> options) throws IOException {
        Child provider = Child.start(
                Installed.ofModule("harness").joined(), List.of("-Xmx512m", "-XX:+UseSerialGC"), ProviderMain.class);
        try {
            List<String> all = new ArrayList<>(List.of(
                    "-XX:+UseSerialGC",
                    Installed.quiet(),
                    "-D" + ContestantMain.ISSUER + "=" + provider.where(),
                    "-D" + ContestantMain.CLIENT + "=" + client));
            all.addAll(options);
            return new Site(provider, Child.start(contestant.joined(), all, ContestantMain.class));
        } catch (IOException e) {
            provider.close();
            throw e;
        }
    }

    /** What the contestant calls itself. */
    String name() {
        return name;
    }

    int port() {
        return port;
    }

    Child provider() {
        return provider;
    }

    Child server() {
        return server;
    }

    /** Somebody who has never been here. */
    Visitor visitor() {
        return new Visitor(port, provider.where());
    }

    /** One number of those the provider counts: of metadata, keys, tokens, and the most tokens at once. */
    int calls(int which) {
        return Integer.parseInt(provider.ask("calls").split(" ", -1)[which]);
    }

    @Override
    public void close() {
        server.close();
        provider.close();
    }
}
