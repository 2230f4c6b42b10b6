package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;

/**
 * What stands between a browser and an application: the browser knows the application by another
 * address, and every request is taken from that to the container's own.
 *
 * @param outside the address that the browser sees in place of the application's origin and context path
 */
record FrontDoor(String outside, App app) {
    /** Where the browser sees a shop that a proxy has taken from some other place. */
    static final String SHOP = "https://www.example.com/shop";

    /** Starts an application behind a proxy that browsers know as the shop. */
    static FrontDoor shop(Stage stage, AppBuilder app) {
        return new FrontDoor(SHOP, stage.start(app.filterParam("baseUrl", SHOP)));
    }

    /** The address of a path as the browser sees it. */
    String url(String path) {
        return outside + path;
    }

    /** What the browser gets for an address behind the door; one response, no redirect. */
    Page navigate(Browser browser, String url) {
        assertTrue(url.startsWith(outside), () -> url + " is not behind " + outside);
        return browser.navigate(app.url(url.substring(outside.length())));
    }

    /** Where the browser is sent in the end that asks for a path and is signed in by the provider. */
    String signIn(Browser browser, String path) {
        return finish(browser, navigate(browser, url(path)));
    }

    /** Where the browser is sent in the end that has been sent to the provider. */
    String finish(Browser browser, Page atProvider) {
        return navigate(browser, browser.follow(atProvider).location()).location();
    }
}
