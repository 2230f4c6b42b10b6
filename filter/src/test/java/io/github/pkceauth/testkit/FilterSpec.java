package io.github.pkceauth.testkit;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A filter and where it stands.
 *
 * @param name empty where the container shall make one up
 */
record FilterSpec(
        String name,
        Filter filter,
        Map<String, String> params,
        List<String> mappings,
        Set<DispatcherType> dispatches) {}
