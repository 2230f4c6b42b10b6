package io.github.pkceauth.interop.provider;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;

/**
 * A sign-in of alice as it is seen from outside.
 *
 * @param request what the browser tells the provider in the application's name
 * @param answer what the browser tells the application in the provider's name
 * @param page where it ends
 */
record SignIn(Parameters request, Parameters answer, Page page) {

    /** Opens a page as somebody who is signed in nowhere, and signs in by the provider's form. */
    static SignIn at(Shop shop, Browser browser, String path) {
        Page sent = browser.navigate(shop.url(path));
        assertTrue(sent.isRedirect(), () -> sent + "\n" + shop.log());
        Page form = browser.followFully(sent);
        Page here = World.submitted(browser, form, "alice", "alice");
        String callback = shop.url("/callback");
        while (here.isRedirect() && !here.location().startsWith(callback)) {
            here = browser.follow(here);
        }
        Page last = here;
        if (last.submitsItself()) {
            return new SignIn(parameters(sent), last.form().fields(), browser.followFully(last));
        }
        assertTrue(last.isRedirect(), () -> last + "\n" + shop.log());
        return new SignIn(parameters(sent), parameters(last), browser.followFully(last));
    }

    private static Parameters parameters(Page redirect) {
        return redirect.redirectTarget().parameters();
    }
}
