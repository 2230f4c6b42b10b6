package io.github.pkceauth.benchmarks;

import jakarta.servlet.Filter;
import java.util.Map;

/**
 * A filter as web.xml would deploy it.
 *
 * @param filter the filter, not initialised yet
 * @param initParams its init-params
 */
public record Deployed(Filter filter, Map<String, String> initParams) {

    public Deployed {
        initParams = Map.copyOf(initParams);
    }
}
