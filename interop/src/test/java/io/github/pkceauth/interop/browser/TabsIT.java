package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.LoginState;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins in one window, in two, and in many at once. */
class TabsIT extends InChromium {

    @Test
    void aLoginEndsOnThePageThatWasAskedFor() {
        provider().withLoginForm();
        App app = start();

        browser().get(app.url("/wanted?a=b&c=d%20e#part"));
        browser().press(SIGN_IN);

        browser().awaitText("GET /wanted?a=b&c=d%20e");
        assertTrue(browser().text().contains("For alice."), browser()::text);
        assertEquals(1, logins());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoTabsFinishInAnyOrderEachOnItsOwnPage(boolean firstComesFirst) {
        provider().withLoginForm();
        App app = start();
        String first = browser().getWindowHandle();
        browser().get(app.url("/page?tab=1"));
        String second = browser().openWindow();
        browser().get(app.url("/page?tab=2"));

        for (String tab : firstComesFirst ? List.of(first, second) : List.of(second, first)) {
            browser().goTo(tab);
            browser().press(SIGN_IN);
            browser().awaitAddress(app.url("/page?tab=" + (tab.equals(first) ? 1 : 2)));
        }

        assertEquals(2, logins());
        assertEquals(2, pages().reached("GET", "/page").size());
    }

    /** As when a browser is started again: none of the tabs has a session to share, nor any cookie. */
    @Test
    void tenTabsThatAreRestoredAtOnceAreAllSignedInOnTheirOwnPagesWhereLoginsArePendingInCookies() {
        provider().withLoginForm();
        App app = start(describe().filterParam("loginState", "cookie").filterParam("cookieKey", LoginState.COOKIE_KEY));
        browser().get(app.url("/public/start"));

        browser().run("for (let i = 0; i < 10; i++) open('/page?tab=' + i)");
        browser().await("ten login forms", () -> logins() == 10);

        assertEquals(addresses(app), signInEverywhereBut(app.url("/public/start")));
        assertEquals(10, logins());
    }

    /** As when somebody has a login form open, and opens a folder of bookmarks. */
    @Test
    void tenTabsOpenedAtOnceBesideALoginFormAreAllSignedInOnTheirOwnPages() {
        provider().withLoginForm();
        App app = start();
        browser().get(app.url("/page?tab=0"));
        browser().openWindow();
        browser().get(app.url("/public/start"));

        browser().run("for (let i = 1; i < 10; i++) open('/page?tab=' + i)");
        browser().await("ten login forms", () -> logins() == 10);

        assertEquals(addresses(app), signInEverywhereBut(app.url("/public/start")));
        assertEquals(10, logins());
    }

    private static Set<String> addresses(App app) {
        return IntStream.range(0, 10)
                .mapToObj(tab -> app.url("/page?tab=" + tab))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where the users of all windows come to that show a login form. */
    private Set<String> signInEverywhereBut(String other) {
        Set<String> arrived = new TreeSet<>();
        for (String window : browser().getWindowHandles()) {
            browser().goTo(window);
            if (!browser().getCurrentUrl().equals(other)) {
                browser().press(SIGN_IN);
                browser().awaitText("For alice.");
                arrived.add(browser().getCurrentUrl());
            }
        }
        return arrived;
    }
}
