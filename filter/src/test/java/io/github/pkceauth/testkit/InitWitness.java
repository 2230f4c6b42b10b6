package io.github.pkceauth.testkit;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A filter that remembers what another threw at its start, as Tomcat tells only its log. */
record InitWitness(Filter filter, AtomicReference<@Nullable Throwable> failure) implements Filter {

    @Override
    public void init(FilterConfig config) throws ServletException {
        try {
            filter.init(config);
        } catch (ServletException | RuntimeException e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter.doFilter(request, response, chain);
    }

    @Override
    public void destroy() {
        filter.destroy();
    }
}
