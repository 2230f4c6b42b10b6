package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;

/** Signing in at the development provider, as a person does it. */
final class Login {

    private Login() {}

    /** Opens a protected page, signs in at the form that comes instead, and ends wherever that leads. */
    static Page signIn(Browser browser, URI page, String user) throws IOException, InterruptedException {
        return browser.submit(filledIn(browser.open(page), user));
    }

    /** The login form that the page is, filled in. */
    static Page.Form filledIn(Page page, String user) {
        assertEquals("/login", page.uri().getPath(), () -> "not the login form:\n" + page.body());
        return page.form("/login").with("username", user).with("password", user);
    }
}
