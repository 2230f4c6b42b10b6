package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What goes to somebody's container, and what stays at home. */
class WarContentsIT {

    @Test
    void bringsTheFilterAndItsOneLibraryAndNothingElse() throws Exception {
        List<String> libraries = entries().stream()
                .filter(name -> name.startsWith("WEB-INF/lib/") && !name.endsWith("/"))
                .map(name -> name.replaceAll("WEB-INF/lib/|-\\d.*", ""))
                .sorted()
                .toList();

        assertEquals(List.of("nimbus-jose-jwt", "pkce-auth-filter"), libraries);
    }

    @Test
    void holdsNothingOfTheLauncher() throws Exception {
        assertTrue(entries().contains("WEB-INF/classes/io/github/pkceauth/example/Pages.class"));
        assertEquals(
                List.of(),
                entries().stream().filter(name -> name.contains("launcher")).toList());
    }

    @Test
    void itsDescriptorHoldsNoIssuerClientOrSecret() throws Exception {
        try (JarFile war = new JarFile(System.getProperty("example.war"))) {
            String descriptor = new String(
                    war.getInputStream(war.getEntry("WEB-INF/web.xml")).readAllBytes(), StandardCharsets.UTF_8);

            for (String parameter : List.of("issuer", "clientId", "clientSecret")) {
                assertFalse(descriptor.contains("<param-name>" + parameter), parameter);
            }
        }
    }

    private static List<String> entries() throws IOException {
        try (JarFile war = new JarFile(System.getProperty("example.war"))) {
            return war.stream().map(ZipEntry::getName).toList();
        }
    }
}
