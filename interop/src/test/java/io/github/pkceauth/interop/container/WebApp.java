package io.github.pkceauth.interop.container;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A web application as it is deployed.
 *
 * @param contextPath empty for the root
 * @param place a WAR, or the folder of one that is unpacked
 * @param parameters further parameters of the servlet context
 * @param isSound whether it is to start
 */
record WebApp(String contextPath, Path place, Map<String, String> parameters, boolean isSound) {

    static final String EXAMPLE = "";
    static final String PROBE = "/app";
    static final String FORM_POST = "/form";
    static final String BROKEN = "/broken";

    /** System properties of a container's process that say where the applications are. */
    static final String EXAMPLE_PLACE = "webapp.example";

    static final String PROBE_PLACE = "webapp.probe";
    static final String BROKEN_PLACE = "webapp.broken";

    /** All that are deployed in every container. */
    static List<WebApp> all() {
        return List.of(
                new WebApp(EXAMPLE, place(EXAMPLE_PLACE), Map.of(), true),
                new WebApp(PROBE, place(PROBE_PLACE), Map.of(), true),
                new WebApp(FORM_POST, place(PROBE_PLACE), Map.of("pkce.responseMode", "form_post"), true),
                new WebApp(BROKEN, place(BROKEN_PLACE), Map.of(), false));
    }

    private static Path place(String property) {
        return Path.of(System.getProperty(property));
    }
}
