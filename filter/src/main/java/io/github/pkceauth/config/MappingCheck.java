package io.github.pkceauth.config;

import io.github.pkceauth.oidc.Printable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compares the filter's own paths with each other, with its mappings, and with the servlets'. */
final class MappingCheck {

    private final Deployment deployment;
    private final Problems problems;

    MappingCheck(Deployment deployment, Problems problems) {
        this.deployment = deployment;
        this.problems = problems;
    }

    void check(Paths paths) {
        Map<String, String> byPath = new LinkedHashMap<>();
        add(byPath, Param.CALLBACK_PATH, paths.callback());
        add(byPath, Param.LOGIN_PATH, paths.login());
        add(byPath, Param.LOGOUT_PATH, paths.logout());
        paths.backchannelLogout().ifPresent(path -> add(byPath, Param.BACKCHANNEL_LOGOUT_PATH, path));
        paths.frontchannelLogout().ifPresent(path -> add(byPath, Param.FRONTCHANNEL_LOGOUT_PATH, path));
        byPath.forEach(this::checkServlets);
        add(byPath, Param.AFTER_LOGOUT_PATH, paths.afterLogout());
        deployment.filterMappings().ifPresent(mappings -> checkMapped(byPath, mappings));
    }

    private void add(Map<String, String> byPath, Param param, String path) {
        String other = byPath.putIfAbsent(path, param.parameter());
        if (other != null) {
            problems.add(other + " and " + param.parameter() + " are both '" + Printable.of(path)
                    + "': give each its own path");
        }
    }

    private void checkServlets(String path, String parameter) {
        deployment.servletMappings().forEach((servlet, mappings) -> {
            if (mappings.contains(path)) {
                problems.add(parameter
                        + " is '"
                        + Printable.of(path)
                        + "', and the servlet '"
                        + servlet
                        + "' is mapped to the same path, where no request would reach it: change"
                        + " one of them");
            }
        });
    }

    private void checkMapped(Map<String, String> byPath, Collection<String> mappings) {
        byPath.forEach((path, parameter) -> {
            if (mappings.stream().noneMatch(mapping -> leadsTo(mapping, path))) {
                problems.add(parameter
                        + " is '"
                        + Printable.of(path)
                        + "', which is outside the filter's mappings "
                        + mappings
                        + ": map the filter to it as well, or choose a path inside them");
            }
        });
    }

    /** Jakarta Servlet 6.0 section 12.2: a prefix, an extension, or an exact path. */
    private static boolean leadsTo(String mapping, String path) {
        if (mapping.endsWith("/*")) {
            String prefix = mapping.substring(0, mapping.length() - 2);
            return path.equals(prefix) || path.startsWith(prefix + "/");
        }
        return mapping.startsWith("*.") ? path.endsWith(mapping.substring(1)) : path.equals(mapping);
    }
}
