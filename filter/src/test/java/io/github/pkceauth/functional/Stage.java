package io.github.pkceauth.functional;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.ArrayDeque;
import java.util.Deque;

/** The provider of one test, and the applications and browsers that it needs, all closed behind it. */
final class Stage implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Logs logs = kept(Logs.open());
    private final ScriptedProvider provider = kept(ScriptedProvider.start());

    /** The one provider. */
    ScriptedProvider provider() {
        return provider;
    }

    /** What the filter has logged, which is kept off the console. */
    Logs logs() {
        return logs;
    }

    /** Starts an application that logs in at the provider. */
    App start(AppBuilder app) {
        return kept(app.against(provider).start());
    }

    /** An ordinary application on Jetty. */
    App app() {
        return start(App.jetty());
    }

    /** A present-day browser without any cookies yet. To the cookies of pending logins it is as kind as most are. */
    Browser browser() {
        return kept(LoginState.isInCookies() ? Browser.trustingLoopback() : Browser.open());
    }

    /** A browser whose user has signed in. */
    Browser signedIn(App app) {
        Browser browser = browser();
        Page page = browser.navigateFully(app.url("/home"));
        if (page.seen().isAnonymous()) {
            throw new AssertionError("Nobody is signed in: " + page);
        }
        return browser;
    }

    /** Closes something else with the rest. */
    <T extends AutoCloseable> T kept(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("Something does not close", e);
            }
        }
    }
}
