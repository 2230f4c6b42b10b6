package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Forms that are sent after the session has ended: nothing of them is done, and the user is told so. */
@ParameterizedClass
@EnumSource(Container.class)
class SentFormsTest {
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");
    private static final String NOTICE = "Please send it again.";

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final ClockedFilter clock = new ClockedFilter();
    private final Browser browser = stage.browser();

    @Parameter
    private Container container;

    private App app;

    @BeforeEach
    void start() {
        app = stage.start(App.on(container)
                .contextPath("/app")
                .filter(clock)
                .filterParam("publicPaths", "/public/*")
                .filterParam("loginTimeout", "PT1M")
                .filterParam("clockSkew", "PT10M"));
        browser.navigateFully(app.url("/edit?id=7"));
        app.sessions().expireAll();
    }

    @Test
    void theUserIsBackOnThePageOfTheFormWithANotice() {
        Page page = browser.followFully(post());

        assertEquals(app.url("/edit?id=7"), page.url().toString());
        assertEquals(200, page.status());
        assertTrue(page.body().contains(NOTICE), page::body);
    }

    @Test
    void nothingOfTheFormReachesTheApplication() {
        int before = app.probe().calls();

        browser.followFully(post());

        assertEquals(before, app.probe().calls());
    }

    @Test
    void theNoticeLeadsToThePageItself() {
        Page notice = browser.followFully(post());

        Page page = browser.click(notice, linkIn(notice));

        assertEquals(app.url("/edit?id=7"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
        assertEquals("GET", page.seen().method());
    }

    @Test
    void theNoticeIsShownOnce() {
        browser.followFully(post());

        assertEquals("alice", browser.navigate(app.url("/edit?id=7")).seen().remoteUser());
    }

    @Test
    void theNoticeWaitsForItsPageAndForNavigations() {
        Page callback = untilLanding(post());

        assertEquals("alice", browser.navigate(app.url("/other")).seen().remoteUser());
        assertEquals("alice", browser.fetch(app.url("/edit?id=7")).seen().remoteUser());
        assertTrue(browser.follow(callback).body().contains(NOTICE));
    }

    @Test
    void aPublicPageHasTheNoticeToo() {
        Page page =
                browser.followFully(browser.postFrom(app.url("/public/form"), app.url("/save"), Map.of("text", "a")));

        assertEquals(app.url("/public/form"), page.url().toString());
        assertTrue(page.body().contains(NOTICE), page::body);
    }

    @Test
    void aFormOfAnotherSiteIsAnsweredByTheFrontPage() {
        Page page = browser.followFully(
                browser.postFrom("https://other.example/form", app.url("/save"), Map.of("text", "a")));

        assertEquals(app.url("/"), page.url().toString());
    }

    @Test
    void theNoticeEndsWithTheSession() {
        Page callback = untilLanding(post());
        app.sessions().expireAll();

        assertEquals(
                "alice", browser.followFully(browser.follow(callback)).seen().remoteUser());
    }

    @Test
    void afterALongWhileThereIsNothingToBeSaid() {
        Page callback = untilLanding(post());
        clock.pass(Duration.ofMinutes(2));

        assertFalse(browser.follow(callback).body().contains(NOTICE));
    }

    @Test
    void aLoginThatFailsTellsThatAndLeadsToThePage() {
        provider.authorization().answersError("access_denied", "no");
        Page failed = browser.followFully(post());
        provider.behaves();

        Page page = browser.followFully(browser.click(failed, linkIn(failed)));

        assertEquals(403, failed.status());
        assertEquals(app.url("/edit?id=7"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
    }

    @Test
    void aLoginThatIsBegunAnewHasTheNoticeStill() {
        Page atProvider = browser.follow(post());
        clock.pass(Duration.ofMinutes(2));

        assertTrue(browser.followFully(atProvider).body().contains(NOTICE));
    }

    private Page post() {
        return browser.postFrom(app.url("/edit?id=7"), app.url("/save"), Map.of("text", "a"));
    }

    /** The answer that signs the user in. */
    private Page untilLanding(Page first) {
        Page page = first;
        while (!page.url().path().equals("/app/callback")) {
            page = browser.follow(page);
        }
        return page;
    }

    private static String linkIn(Page page) {
        Matcher link = LINK.matcher(page.body());
        assertTrue(link.find(), page::body);
        return link.group(1).replace("&amp;", "&");
    }
}
