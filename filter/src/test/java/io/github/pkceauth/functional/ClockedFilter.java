package io.github.pkceauth.functional;

import io.github.pkceauth.config.Config;
import io.github.pkceauth.config.ConfigReader;
import io.github.pkceauth.config.ConfigurationException;
import io.github.pkceauth.config.Deployment;
import io.github.pkceauth.config.Source;
import io.github.pkceauth.web.Handlers;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The filter with a clock that the test puts forward. */
final class ClockedFilter implements Filter, InstantSource {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
    private volatile @Nullable Instant stopped;
    private volatile @Nullable Config config;
    private volatile @Nullable Handlers handlers;

    /** Lets time go by. */
    void pass(Duration time) {
        ahead.updateAndGet(time::plus);
        passed.updateAndGet(time::plus);
    }

    /** Sets the clock, while no time goes by. */
    void set(Duration forward) {
        ahead.updateAndGet(forward::plus);
    }

    /** Lets no time go by but what the test says. */
    ClockedFilter stop() {
        stopped = Instant.now();
        return this;
    }

    private long nanoTime() {
        return System.nanoTime() + passed.get().toNanos();
    }

    /** Forgets all but the configuration, as a server does that starts again and finds its sessions on disk. */
    void restart() {
        Config known = config;
        handlers = known == null ? null : new Handlers(known, this, this::nanoTime);
    }

    /** Forgets all but the configuration, and how much time has gone by. */
    void reset() {
        ahead.set(Duration.ZERO);
        restart();
    }

    @Override
    public Instant instant() {
        Instant still = stopped;
        return (still == null ? Instant.now() : still).plus(ahead.get());
    }

    @Override
    public void init(FilterConfig deployed) throws ServletException {
        Map<String, String> params = Collections.list(deployed.getInitParameterNames()).stream()
                .collect(Collectors.toMap(Function.identity(), deployed::getInitParameter));
        Deployment deployment = new Deployment(
                deployed.getFilterName(),
                false,
                List.of(new Source(Source.Kind.INIT_PARAM, params)),
                Set.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                deployed.getServletContext().getClassLoader());
        try {
            config = ConfigReader.read(deployment).config();
            restart();
        } catch (ConfigurationException e) {
            throw new ServletException(e);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Handlers ready = handlers;
        if (ready == null) {
            throw new ServletException("not initialised");
        }
        HttpServletRequest passing = ready.handle((HttpServletRequest) request, (HttpServletResponse) response);
        if (passing != null) {
            chain.doFilter(passing, response);
        }
    }
}
