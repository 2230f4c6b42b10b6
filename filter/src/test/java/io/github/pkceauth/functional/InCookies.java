package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.SetCookie;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Applications that keep pending logins in cookies, whatever the others do, and how those look. */
final class InCookies {
    static final String KEY = LoginState.COOKIE_KEY;

    private InCookies() {}

    static AppBuilder of(AppBuilder app) {
        return of(app, KEY);
    }

    static AppBuilder of(AppBuilder app, String key) {
        return app.filterParam("loginState", "cookie").filterParam("cookieKey", key);
    }

    /** The names of the pending logins that a browser keeps. */
    static Set<String> pending(Browser browser) {
        return browser.cookies().names().stream()
                .filter(name -> name.matches(KeptLogin.COOKIE))
                .collect(Collectors.toSet());
    }

    /** The one cookie that begins a login; fails the test where there is not this one alone. */
    static SetCookie begun(Page page) {
        List<SetCookie> set = page.cookiesSet();
        assertEquals(1, set.size(), set::toString);
        return set.get(0);
    }

    /** How much of a request's headers a browser's pending logins take. */
    static int characters(Browser browser) {
        return pending(browser).stream()
                .mapToInt(name -> name.length() + browser.cookies().get(name).length())
                .sum();
    }
}
