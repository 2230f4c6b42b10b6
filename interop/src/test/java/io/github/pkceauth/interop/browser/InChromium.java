package io.github.pkceauth.interop.browser;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user before Chromium, an application on localhost, and a provider on 127.0.0.1, which is another site. */
abstract class InChromium {
    /** The one button of the provider's login form. */
    static final String SIGN_IN = "Sign in";

    @RegisterExtension
    static final ChromiumExtension CHROMIUM = new ChromiumExtension();

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private final Logs logs = kept(Logs.open());
    private final ScriptedProvider provider = kept(ScriptedProvider.start());
    private final Pages pages = new Pages();
    private final Witness witness = new Witness();

    private Chromium browser;

    @BeforeEach
    final void sitDown() {
        browser = CHROMIUM.browser();
    }

    final Chromium browser() {
        return browser;
    }

    /** The provider, with alice signed in. */
    final ScriptedProvider provider() {
        return provider;
    }

    /** What the application shows, and what got through to it. */
    final Pages pages() {
        return pages;
    }

    /** What the browser has sent to the application. */
    final Witness witness() {
        return witness;
    }

    /** What the filter has logged. */
    final Logs logs() {
        return logs;
    }

    /** The application to be, with public pages below {@code /public/}. */
    final AppBuilder describe() {
        return describe(App.jetty());
    }

    final AppBuilder describe(AppBuilder app) {
        return app.against(provider)
                .filterBefore("witness", witness)
                .filterParam("publicPaths", "/public/* /favicon.ico")
                .servlet("/*", pages);
    }

    final App start(AppBuilder app) {
        return kept(app.start());
    }

    final App start() {
        return start(describe());
    }

    /** How many logins have been begun. */
    final long logins() {
        return provider.requests(ScriptedProvider.AUTHORIZE).stream()
                .filter(request -> request.method().equals("GET"))
                .count();
    }

    /** Opens a page as a user who has to sign in for it, and has nothing to press for that. */
    final void signIn(App app, String path) {
        browser.get(app.url(path));
        browser.awaitAddress(app.url(path));
    }

    /** Sends a form of a page, after the session has ended. */
    final void send(App app, String formTag) {
        pages.page("/edit", formTag + "<input name=text value=a><button>Save</button></form>");
        signIn(app, "/edit");
        app.sessions().expireAll();
        provider.withLoginForm();
        browser.console();
        browser.press("Save");
    }

    private <T extends AutoCloseable> T kept(T resource) {
        open.push(resource);
        return resource;
    }

    @AfterEach
    final void closeAll() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
