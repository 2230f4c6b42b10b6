package io.github.pkceauth.interop.browser;

import io.github.pkceauth.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.CommandInfo;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpMethod;
import org.openqa.selenium.remote.service.DriverCommandExecutor;
import org.openqa.selenium.remote.service.DriverService;

/** A Chromium that shows nothing on any screen, as its user sees it: windows, pages, buttons. Not thread-safe. */
final class Chromium extends RemoteWebDriver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BEAT = Duration.ofMillis(15);
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            // Nothing but this machine: no proxy, and no name but localhost is looked up.
            "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            "--window-size=900,560");

    private static final String LOG = "browserLog";
    private static final String COMMAND = "devToolsCommand";

    /** What chromedriver understands beyond the standard. */
    private static final class Commands extends DriverCommandExecutor {
        Commands(DriverService service) {
            super(
                    service,
                    Map.of(LOG, post("/se/log"), COMMAND, post("/goog/cdp/execute")),
                    ClientConfig.defaultConfig());
        }

        private static CommandInfo post(String path) {
            return new CommandInfo("/session/:sessionId" + path, HttpMethod.POST);
        }
    }

    private final ChromeDriverService service;
    private final Path profile;

    private Chromium(ChromeDriverService service, ChromeOptions options, Path profile) {
        super(new Commands(service), options);
        this.service = service;
        this.profile = profile;
    }

    /** Starts one with an empty profile. */
    static Chromium start() {
        try {
            Path profile = Files.createTempDirectory("chromium");
            ChromeOptions options = new ChromeOptions();
            options.setBinary(Installed.CHROMIUM.path().orElseThrow().toFile());
            options.addArguments(FLAGS);
            options.addArguments("--user-data-dir=" + profile);
            if (System.getProperty("user.name").equals("root")) {
                options.addArguments("--no-sandbox");
            }
            int port = FreePort.next();
            options.setCapability(ChromeOptions.LOGGING_PREFS, Map.of("browser", "ALL"));
            ChromeDriverService service = new ChromeDriverService(
                    Installed.CHROMEDRIVER.path().orElseThrow().toFile(),
                    port,
                    PATIENCE,
                    List.of("--port=" + port, "--log-level=OFF"),
                    Map.of());
            return new Chromium(service, options, profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One empty window, no cookies, nothing said on the console. */
    void beginAnew() {
        List<String> before = new ArrayList<>(getWindowHandles());
        switchTo().window(before.get(0));
        String fresh = openWindow();
        for (String window : before) {
            switchTo().window(window);
            close(window);
        }
        switchTo().window(fresh);
        command("Network.clearBrowserCookies", Map.of());
        console();
    }

    private void close(String window) {
        super.close();
        await("the window " + window + " closes", () -> !getWindowHandles().contains(window));
    }

    /** Ends the browser. */
    @Override
    public void close() {
        try {
            quit();
        } finally {
            service.stop();
            delete(profile);
        }
    }

    // Windows and pages

    /** Opens an empty window beside the others, and goes there; hands back its name. */
    String openWindow() {
        switchTo().newWindow(WindowType.TAB);
        return getWindowHandle();
    }

    /** Goes to the window that what is done opens; hands back its name. */
    String goToWindowOf(Runnable deed) {
        Set<String> before = getWindowHandles();
        deed.run();
        await("a window opens", () -> getWindowHandles().size() > before.size());
        Set<String> opened = new HashSet<>(getWindowHandles());
        opened.removeAll(before);
        String window = opened.iterator().next();
        switchTo().window(window);
        return window;
    }

    void goTo(String window) {
        switchTo().window(window);
    }

    /** Presses the button, or follows the link, that says this. */
    void press(String label) {
        await("something to press that says " + label, () -> !pressable(label).isEmpty());
        pressable(label).get(0).click();
    }

    /** Sends the form of a page that has nothing to press. */
    void submitForm() {
        await("a form", () -> !findElements(By.tagName("form")).isEmpty());
        executeScript("document.forms[0].submit()");
    }

    private List<WebElement> pressable(String label) {
        return findElements(By.xpath("//*[self::a or self::button][normalize-space()='" + label + "']"));
    }

    /** What the page shows. */
    String text() {
        return findElement(By.tagName("body")).getText();
    }

    /** Waits until the window has arrived at an address. */
    void awaitAddress(String address) {
        await("the address " + address, () -> getCurrentUrl().equals(address) && isLoaded());
    }

    /** Waits until the page shows this. */
    void awaitText(String text) {
        await("a page that says " + text, () -> isLoaded() && text().contains(text));
    }

    private boolean isLoaded() {
        return "complete".equals(executeScript("return document.readyState"));
    }

    /** Waits until something has come true, and fails the test when it does not. */
    void await(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isTrue(happened)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("No " + what + "; the browser is at " + getCurrentUrl() + ": " + text());
            }
            LockSupport.parkNanos(BEAT.toNanos());
        }
    }

    /** A page that goes away while it is looked at does not count. */
    private static boolean isTrue(BooleanSupplier happened) {
        try {
            return happened.getAsBoolean();
        } catch (WebDriverException e) {
            return false;
        }
    }

    // Below the surface

    /** Runs the body of an asynchronous function in the page, and waits for what it returns. */
    Object run(String body, Object... arguments) {
        return executeScript("return (async () => {" + body + "})()", arguments);
    }

    /** What the browser has said on its console since it was asked last. */
    List<String> console() {
        List<String> lines = new ArrayList<>();
        for (Object entry : (List<?>) execute(LOG, Map.of("type", "browser")).getValue()) {
            Map<?, ?> line = (Map<?, ?>) entry;
            lines.add(line.get("level") + " " + line.get("message"));
        }
        return lines;
    }

    /** Gives a command of the Chrome DevTools Protocol. */
    Map<?, ?> command(String name, Map<String, Object> parameters) {
        return (Map<?, ?>)
                execute(COMMAND, Map.of("cmd", name, "params", parameters)).getValue();
    }

    /** Scripts of pages run no longer in this window. */
    void disableScripts() {
        command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // The browser may be tidying up there itself.
            folder.toFile().deleteOnExit();
        }
    }
}
