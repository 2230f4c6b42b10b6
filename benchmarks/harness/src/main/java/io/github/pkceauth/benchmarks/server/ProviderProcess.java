package io.github.pkceauth.benchmarks.server;

import java.io.IOException;
import java.util.List;

/** The provider as another process, for programs outside this package. */
public final class ProviderProcess implements AutoCloseable {

    private final Child child;

    private ProviderProcess(Child child) {
        this.child = child;
    }

    /** Starts one. */
    public static ProviderProcess start() throws IOException {
        return new ProviderProcess(
                Child.start(Installed.ofModule("harness").joined(), List.of("-Xmx256m"), ProviderMain.class));
    }

    /** Its issuer identifier. */
    public String issuer() {
        return child.where();
    }

    @Override
    public void close() {
        child.close();
    }
}
