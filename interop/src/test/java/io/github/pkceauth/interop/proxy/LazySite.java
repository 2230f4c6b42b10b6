package io.github.pkceauth.interop.proxy;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A site that is started when a test first asks for it, which then can be skipped, and serves all tests of a class. */
final class LazySite implements AutoCloseable {

    private final String name;
    private final Supplier<Site> starter;
    private @Nullable Site site;

    LazySite(String name, Supplier<Site> starter) {
        this.name = name;
        this.starter = starter;
    }

    Site get() {
        Site started = site;
        if (started == null) {
            started = starter.get();
            site = started;
        }
        return started;
    }

    @Override
    public void close() {
        if (site != null) {
            site.close();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
