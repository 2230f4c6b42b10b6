package io.github.pkceauth.benchmarks;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.ServiceLoader;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/**
 * One way to put login before an application. The class path of a process holds one beside the bare one, named in
 * {@code META-INF/services}.
 */
public interface Contestant {

    /** What the tables call it, with its version. */
    String name();

    /** Its filter, or empty where login is the container's own. */
    Optional<Deployed> filter(Settings settings);

    /** Puts it before the application of a context. */
    default void deploy(ServletContextHandler context, Settings settings) {
        Deployed deployed = filter(settings).orElseThrow();
        FilterHolder holder = new FilterHolder(deployed.filter());
        holder.setName("login");
        holder.setAsyncSupported(true);
        holder.setInitParameters(deployed.initParams());
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
    }

    /** What it makes of an ID token, or empty where that cannot be had alone. */
    default Optional<TokenCheck> tokenCheck(Settings settings) throws Exception {
        return Optional.empty();
    }

    /** The one of this process. */
    static Contestant ofThisProcess() {
        return ServiceLoader.load(Contestant.class).findFirst().orElseGet(Bare::new);
    }

    /** The version that the jar of a class gives itself. */
    static String versionOf(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "" : " " + version;
    }
}
