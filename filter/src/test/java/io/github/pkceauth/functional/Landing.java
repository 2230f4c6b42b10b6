package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;

/**
 * Where a login ends.
 *
 * @param browser the browser that signs in
 */
record Landing(Browser browser) {

    /** The address of a link to sign in that names the page to come back to. */
    static String login(App app, String returnTo) {
        return app.url("/login?" + Parameters.none().plus("returnTo", returnTo).encoded());
    }

    /** Where a login ends that begins with a page of the application. */
    String of(App app, String path) {
        browser.cookies().clear();
        return of(app, browser.navigate(app.url(path)));
    }

    /** The Location of the callback's answer, as it went over the wire. */
    String of(App app, Page atProvider) {
        Page callback = browser.follow(browser.follow(atProvider));
        assertTrue(callback.url().toString().startsWith(app.url("/callback?")), callback::toString);
        return callback.location();
    }
}
