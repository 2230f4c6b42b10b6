package io.github.pkceauth.functional;

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
    private volatile @Nullable Handlers handlers;

    /** Lets time go by. */
    void pass(Duration time) {
        ahead.updateAndGet(time::plus);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        Map<String, String> params = Collections.list(config.getInitParameterNames()).stream()
                .collect(Collectors.toMap(Function.identity(), config::getInitParameter));
        Deployment deployment = new Deployment(
                config.getFilterName(),
                false,
                List.of(new Source(Source.Kind.INIT_PARAM, params)),
                Set.of(),
                Optional.empty(),
                Map.of());
        try {
            handlers = new Handlers(ConfigReader.read(deployment).config(), this);
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
