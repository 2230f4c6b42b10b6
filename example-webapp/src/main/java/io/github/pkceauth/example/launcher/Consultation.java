package io.github.pkceauth.example.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code java -jar example-webapp.jar doctor}: the filter's own doctor, with the libraries of the WAR and its {@code
 * web.xml}, so that it examines what would run.
 */
final class Consultation {

    private static final String NAME = "doctor";
    private static final String DOCTOR = "io.github.pkceauth.Doctor";
    private static final String WEB_XML = "--web-xml";

    /** As the doctor's own, for what stands in its way. */
    private static final int UNUSABLE = 2;

    private Consultation() {}

    /** Examines the deployment, and ends the process. */
    static void hold(List<String> arguments, Map<String, String> environment, Opened opened) throws StartFailure {
        if (!arguments.get(0).equals(NAME)) {
            throw new StartFailure(
                    "\"" + arguments.get(0) + "\" is no command: there is doctor, and without any the example starts",
                    UNUSABLE);
        }
        List<String> options = new ArrayList<>(arguments.subList(1, arguments.size()));
        if (Settings.issuer(environment).isEmpty() && !options.contains("--help") && !options.contains("--json")) {
            throw new StartFailure(
                    "There is nothing to examine: without PKCE_ISSUER the example brings a development provider of its"
                            + " own. Set PKCE_ISSUER, PKCE_CLIENT_ID and PKCE_CLIENT_SECRET as for the example itself,"
                            + " and run this again",
                    UNUSABLE);
        }
        try {
            Workspace workspace = opened.add(Workspace.unpack());
            if (!options.contains(WEB_XML)) {
                options.addAll(List.of(WEB_XML, workspace.webXml().toString()));
            }
            examine(workspace.libraries(), options.toArray(String[]::new), opened);
        } catch (IOException | ReflectiveOperationException e) {
            throw new StartFailure("The doctor did not start: " + e, e);
        }
    }

    /** With the WAR's classes alone, besides the platform's: those of the launcher may be other versions. */
    private static void examine(List<Path> libraries, String[] options, Opened opened)
            throws IOException, ReflectiveOperationException {
        List<URL> addresses = new ArrayList<>();
        for (Path library : libraries) {
            addresses.add(library.toUri().toURL());
        }
        URLClassLoader loader =
                opened.add(new URLClassLoader(addresses.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass(DOCTOR).getMethod("main", String[].class).invoke(null, (Object) options);
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException(e.getCause());
        }
    }
}
