package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The WAR within the launcher. */
class ApplicationIT {

    // Never asked: the filter reads the provider's metadata at the first login.
    private static final Map<String, String> PARAMETERS =
            Map.of("pkce.issuer", "https://provider.example", "pkce.clientId", "me");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.core.SpringVersion",
                "tools.jackson.databind.ObjectMapper",
                "org.apache.commons.logging.LogFactory",
                "io.github.pkceauth.example.launcher.Main"
            })
    void doesNotSeeWhatIsTheLaunchers(String type) throws Exception {
        assertNotNull(Class.forName(type), "the launcher has it");

        inTheApplication(loader -> assertThrows(ClassNotFoundException.class, () -> loader.loadClass(type)));
    }

    @Test
    void usesTheLibraryInItsWarAndNotTheLaunchers() throws Exception {
        inTheApplication(loader -> assertSame(
                loader, loader.loadClass("com.nimbusds.jose.JOSEObject").getClassLoader()));
    }

    private static void inTheApplication(Check check) throws Exception {
        try (Workspace workspace = Workspace.unpack();
                Listener listener = Listener.open("application", "PORT", "127.0.0.1", 0)) {
            WebAppContext context = Application.of(workspace, PARAMETERS);
            listener.start(context);
            assertEquals(
                    "ok",
                    new Browser().fetch(listener.uri("127.0.0.1", "/health")).body());
            check.check(context.getClassLoader());
        }
    }

    @FunctionalInterface
    private interface Check {
        void check(ClassLoader loader) throws Exception;
    }
}
