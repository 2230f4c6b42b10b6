package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** The example application with its own provider, as the README has it started. */
class ExampleIT {
    private static final Pattern WHERE = Pattern.compile("runs at (http://\\S+/)");

    @RegisterExtension
    static final ChromiumExtension CHROMIUM = new ChromiumExtension();

    @Test
    @Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aliceSignsInSeesWhoSheIsAndSignsOut() throws IOException {
        Process example = start();
        try {
            String root = awaitAddress(example);
            Chromium browser = CHROMIUM.browser();
            browser.get(root);
            browser.press("Sign in");
            browser.await(
                    "login form", () -> !browser.findElements(By.id("password")).isEmpty());
            browser.findElement(By.id("username")).sendKeys("alice");
            browser.findElement(By.id("password")).sendKeys("alice");
            browser.press("Sign in");
            browser.awaitText("Signed in as alice.");

            browser.get(root + "me");
            browser.awaitText("Sign out everywhere");
            browser.press("Sign out everywhere");
            browser.awaitText("Nobody is signed in.");
            assertEquals(root, browser.getCurrentUrl());
        } finally {
            example.destroyForcibly().onExit().join();
        }
    }

    private static Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of(System.getProperty("example.war"))
                                .resolveSibling("example-webapp.jar")
                                .toString())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PKCE_"));
        builder.environment().put("PORT", "0");
        builder.environment().put("PROVIDER_PORT", "0");
        return builder.start();
    }

    private static String awaitAddress(Process example) throws IOException {
        BufferedReader output = example.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher where = WHERE.matcher(line);
            if (where.find()) {
                return where.group(1);
            }
        }
        throw new AssertionError("The example did not start");
    }
}
