package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Gate;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Several logins of one browser at once: they share a session and must not get in each other's way. */
@ParameterizedClass
@EnumSource(Container.class)
class TabsTest {
    private static final int TABS = 8;

    /** Where none is there before the login, its id needs no change. */
    private static final int RENAMED = LoginState.isInCookies() ? 0 : 1;

    @AutoClose
    private final Stage stage = new Stage();

    @AutoClose("shutdownNow")
    private final ExecutorService tabs = Executors.newFixedThreadPool(TABS);

    private final Browser browser = stage.browser();
    private final Container container;
    private final App app;

    TabsTest(Container container) {
        this.container = container;
        this.app = stage.start(App.on(container));
    }

    /** Which tab finishes first, second and so on. */
    static Stream<List<Integer>> orders() {
        return Stream.of(
                List.of(0, 1),
                List.of(1, 0),
                List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
                List.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
                List.of(3, 9, 0, 5, 8, 1, 7, 2, 6, 4));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyTabLandsOnItsOwnPageInWhateverOrderTheyFinish(List<Integer> order) {
        List<Page> atProvider = new ArrayList<>();
        for (int tab = 0; tab < order.size(); tab++) {
            atProvider.add(openTab(tab));
        }

        for (int tab : order) {
            Page page = browser.followFully(atProvider.get(tab));
            assertEquals(address(tab), page.url().toString());
            assertEquals("alice", page.seen().remoteUser());
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void tabsShareOneSessionWhoseIdChangesOnce(List<Integer> order) {
        List<Page> atProvider = new ArrayList<>();
        for (int tab = 0; tab < order.size(); tab++) {
            atProvider.add(openTab(tab));
        }

        order.forEach(tab -> browser.followFully(atProvider.get(tab)));

        assertEquals(1, app.sessions().created());
        assertEquals(RENAMED, app.sessions().renamed());
    }

    @Test
    void aTabThatIsLeftAloneDoesNotKeepAnotherFromFinishing() {
        openTab(0);
        openTab(1);

        assertEquals(address(2), browser.followFully(openTab(2)).url().toString());
    }

    @Test
    void tabsThatFinishTogetherAreBothSignedIn() throws Exception {
        Page first = openTab(0);
        Page second = openTab(1);
        Gate tokenEndpoint = stage.provider().token().waits();
        Future<Page> firstAnswer = tabs.submit(() -> browser.follow(first));
        Future<Page> secondAnswer = tabs.submit(() -> browser.follow(second));
        tokenEndpoint.awaitArrival().awaitArrival();
        tokenEndpoint.open();
        Page firstDone = firstAnswer.get();
        Page secondDone = secondAnswer.get();

        assertEquals("alice", browser.followFully(firstDone).seen().remoteUser());
        assertEquals(address(1), browser.followFully(secondDone).url().toString());
        assertEquals(RENAMED, app.sessions().renamed());
    }

    @Test
    void ofManySimultaneousCallbacksWithOneStateOneAloneIsRedeemed() throws Exception {
        App held = stage.start(App.on(container).filterBefore("rendezvous", new Rendezvous(TABS)));
        Page answer = browser.follow(browser.navigate(held.url("/page")));
        Callable<Page> callback = () -> browser.follow(answer);

        List<Future<Page>> pages = tabs.invokeAll(Collections.nCopies(TABS, callback));

        for (Future<Page> page : pages) {
            assertTrue(page.get().isRedirect(), () -> "not sent on");
        }
        assertEquals(1, stage.provider().calls(ScriptedProvider.TOKEN));
    }

    @Test
    void aCallbackThatComesAgainWhileTheFirstIsBeingRedeemedIsNotRedeemed() throws Exception {
        Page answer = openTab(0);
        Gate tokenEndpoint = stage.provider().token().waits();
        Future<Page> first = tabs.submit(() -> browser.followFully(answer));
        tokenEndpoint.awaitArrival();

        browser.follow(answer);

        assertEquals(1, stage.provider().calls(ScriptedProvider.TOKEN));
        tokenEndpoint.open();
        assertEquals(address(0), first.get().url().toString());
    }

    private String address(int tab) {
        return app.url("/page/" + tab + "?tab=" + tab);
    }

    /** Opens a tab at a protected page and goes on until the provider has answered. */
    private Page openTab(int tab) {
        return browser.follow(browser.navigate(address(tab)));
    }
}
