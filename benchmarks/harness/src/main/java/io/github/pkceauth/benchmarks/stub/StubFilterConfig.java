package io.github.pkceauth.benchmarks.stub;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a filter is told at its start. */
public final class StubFilterConfig implements FilterConfig {

    private final ServletContext context;
    private final Map<String, String> initParams;

    /** For a filter of an application. */
    public StubFilterConfig(ServletContext context, Map<String, String> initParams) {
        this.context = context;
        this.initParams = Map.copyOf(initParams);
    }

    @Override
    public String getFilterName() {
        return "login";
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public @Nullable String getInitParameter(String name) {
        return initParams.get(name);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(initParams.keySet());
    }
}
