package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.LogoutMessage;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider's notices of logouts beyond the rules: what follows them, and what else may be sent. */
class BackChannelLogoutTest {

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final App app = Notices.app(stage);

    // What follows

    @Test
    void theUserCanSignInAgainAfterANotice() {
        Browser browser = stage.signedIn(app);
        provider.sendsLogoutToken(Notices.address(app));
        provider.idToken().withClaim("iat", Instant.now().getEpochSecond() + 5);

        Page page = browser.navigateFully(app.url("/home"));

        assertEquals("alice", page.seen().remoteUser());
        Notices.assertStillSignedIn(app, browser, "alice");
    }

    /** ID tokens tell whole seconds, so that it cannot be known which came first. */
    @Test
    void aLoginInTheSecondOfTheNoticeIsToldOnceAndNotSentRoundInCircles() {
        long second = Instant.now().getEpochSecond();
        provider.logoutToken().withClaim("iat", second);
        provider.idToken().withClaim("iat", second);
        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));

        Browser browser = stage.browser();
        Page page = browser.navigateFully(app.url("/home"));

        assertEquals(401, page.status());
        assertTrue(page.body().contains("login_ended"), page::body);
        assertTrue(page.body().contains("Try again"), page::body);
        assertEquals(0, app.probe().calls());
        assertEquals(1, provider.calls(ScriptedProvider.TOKEN));
        assertEquals(List.of(), Notices.alarms(stage.logs()));
        provider.idToken().withClaim("iat", second + 1);
        assertEquals("alice", browser.navigateFully(app.url("/home")).seen().remoteUser());
    }

    @Test
    void noticesThatComeOutOfOrderEndWhatTheLatestEnds() {
        long now = Instant.now().getEpochSecond();
        Browser browser = stage.signedIn(app);
        provider.logoutToken().withClaim("iat", now + 20);
        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));
        provider.logoutToken().behaves().withClaim("iat", now - 20);
        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));

        Notices.assertEnded(app, browser);
    }

    @Test
    void aNoticeOfTheTimeBeforeALoginLeavesItAlone() {
        Browser browser = stage.signedIn(app);
        provider.logoutToken().withClaim("iat", Instant.now().getEpochSecond() - 60);

        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));

        Notices.assertStillSignedIn(app, browser, "alice");
    }

    @Test
    void aLoginWithoutASessionIdIsEndedByEachNoticeAboutItsSubject() {
        provider.idToken().withoutClaim("sid");
        Browser browser = stage.signedIn(app);

        Notices.assertHeeded(provider.logoutNotice().aboutSession("any").sentTo(Notices.address(app)));

        Notices.assertEnded(app, browser);
    }

    @Test
    void anIatInTheFutureIsNoReasonToRefuseWithinTheClockSkew() {
        provider.logoutToken().withClaim("iat", Instant.now().getEpochSecond() + 30);
        Browser browser = stage.signedIn(app);

        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));

        Notices.assertEnded(app, browser);
    }

    @Test
    void aNoticeThatIsValidForAgesIsHeeded() {
        provider.logoutToken().withClaim("exp", 253_402_300_799L);
        Browser browser = stage.signedIn(app);
        LogoutMessage message = provider.logoutNotice().signed();

        Notices.assertHeeded(message.sentTo(Notices.address(app)));

        Notices.assertEnded(app, browser);
        Notices.assertRefused(message.sentTo(Notices.address(app)));
    }

    @Test
    void aSessionThatHasBeenIdleForLongerThanNoticesAreKnownIsOver() {
        ClockedFilter clock = new ClockedFilter();
        App clocked = stage.start(Notices.jetty().filter(clock));
        Browser browser = stage.signedIn(clocked);
        clock.pass(Duration.ofDays(1).plusMinutes(2));

        Notices.assertEnded(clocked, browser);
    }

    // Other tokens

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "logout+jwt", "application/logout+jwt", "LOGOUT+JWT"})
    void theTypesThatProvidersWriteAreTaken(String type) {
        provider.logoutToken().withHeader("typ", type);

        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));
    }

    @Test
    void aMissingTypeIsTaken() {
        provider.logoutToken().withoutHeader("typ");

        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "application/at+jwt", "secevent+jwt", "dpop+jwt", "", "id_token+jwt"})
    void tokensOfOtherTypesAreRefused(String type) {
        provider.logoutToken().withHeader("typ", type);

        Notices.assertRefused(provider.sendsLogoutToken(Notices.address(app)));
    }

    @Test
    void anAudienceMayBeAnArrayOfOne() {
        provider.logoutToken().withClaim("aud", List.of(provider.clientId()));

        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));
    }

    @Test
    void anIdTokenIsNoLogoutToken() {
        Browser browser = stage.signedIn(app);
        String idToken = stage.signedIn(app)
                .navigate(app.url("/logout"))
                .redirectTarget()
                .parameters()
                .get("id_token_hint");

        Notices.assertRefused(sent("logout_token=" + idToken));

        Notices.assertStillSignedIn(app, browser, "alice");
    }

    @Test
    void anAccessTokenIsNoLogoutToken() {
        provider.withJwtAccessTokens();
        provider.accessToken().withAudience(provider.clientId());
        Browser browser = stage.signedIn(app);
        List<String> jwts = provider.secrets().stream()
                .filter(each -> each.startsWith("eyJ"))
                .toList();

        assertEquals(2, jwts.size(), jwts::toString);
        jwts.forEach(jwt -> Notices.assertRefused(sent("logout_token=" + jwt)));
        Notices.assertStillSignedIn(app, browser, "alice");
    }

    // Other requests

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "HEAD", "DELETE", "PATCH", "OPTIONS"})
    void otherMethodsThanPostAreRefused(String method) {
        Browser browser = stage.signedIn(app);

        Page page = provider.logoutNotice().signed().byMethod(method).sentTo(Notices.address(app));

        assertEquals(405, page.status());
        assertEquals("POST", page.header("Allow"));
        assertEquals("no-store", page.header("Cache-Control"));
        Notices.assertStillSignedIn(app, browser, "alice");
    }

    @ParameterizedTest
    @EnumSource
    void aTokenInTheQueryIsRefused(Container container) {
        App here = Notices.app(stage, container);
        Browser browser = stage.signedIn(here);

        Notices.assertRefused(provider.logoutNotice().signed().inQuery().sentTo(Notices.address(here)));

        Notices.assertStillSignedIn(here, browser, "alice");
    }

    @ParameterizedTest
    @EnumSource
    void aFormBesideAQueryIsRefused(Container container) {
        App here = Notices.app(stage, container);
        Browser browser = stage.signedIn(here);

        Notices.assertRefused(provider.logoutNotice().sentTo(Notices.address(here) + "?a=b"));

        Notices.assertStillSignedIn(here, browser, "alice");
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoFormWithOneTokenIsRefused(Container container, Form form) {
        App here = Notices.app(stage, container);
        Browser browser = stage.signedIn(here);

        Notices.assertRefused(form.of(provider.logoutNotice().signed()).sentTo(Notices.address(here)));

        Notices.assertStillSignedIn(here, browser, "alice");
        assertEquals(List.of(), Notices.alarms(stage.logs()));
    }

    static Stream<Arguments> whatIsNoFormWithOneTokenIsRefused() {
        return Stream.of(Container.values())
                .flatMap(container -> Stream.of(Form.values()).map(form -> Arguments.of(container, form)));
    }

    /** How a notice departs from the form that it has to be. */
    enum Form {
        TWICE {
            @Override
            LogoutMessage of(LogoutMessage honest) {
                return honest.twice();
            }
        },
        MISSING {
            @Override
            LogoutMessage of(LogoutMessage honest) {
                return honest.withBody("");
            }
        },
        UNDER_ANOTHER_NAME {
            @Override
            LogoutMessage of(LogoutMessage honest) {
                return honest.withBody("LOGOUT_TOKEN=" + honest.token());
            }
        },
        AS_JSON {
            @Override
            LogoutMessage of(LogoutMessage honest) {
                return honest.withContentType("application/json")
                        .withBody("{\"logout_token\":\"" + honest.token() + "\"}");
            }
        },
        AS_TEXT {
            @Override
            LogoutMessage of(LogoutMessage honest) {
                return honest.withContentType("text/plain");
            }
        },
        WITHOUT_A_TYPE {
            @Override
            LogoutMessage of(LogoutMessage honest) {
                return honest.withContentType("");
            }
        },
        AS_MULTIPART {
            @Override
            LogoutMessage of(LogoutMessage honest) {
                return honest.withContentType("multipart/form-data; boundary=x")
                        .withBody("--x\r\nContent-Disposition: form-data; name=\"logout_token\"\r\n\r\n"
                                + honest.token()
                                + "\r\n--x--\r\n");
            }
        },
        WITH_BAD_ESCAPES {
            @Override
            LogoutMessage of(LogoutMessage honest) {
                return honest.withBody("a=%&b=%zz&logout_token=%" + honest.token());
            }
        },
        HUGE {
            @Override
            LogoutMessage of(LogoutMessage honest) {
                return honest.withBody("a=" + "x".repeat(3_000_000) + "&logout_token=" + honest.token());
            }
        };

        abstract LogoutMessage of(LogoutMessage honest);
    }

    @Test
    void furtherFieldsAreIgnored() {
        Notices.assertHeeded(
                provider.logoutNotice().signed().alsoField("state", "x").sentTo(Notices.address(app)));
    }

    // The provider

    @Test
    void aNoticeThatCannotBeVerifiedYetIsToBeSentAgain() {
        ClockedFilter clock = new ClockedFilter();
        App restarted = stage.start(Notices.jetty().filter(clock));
        Browser browser = stage.signedIn(restarted);
        clock.restart();
        LogoutMessage message = provider.logoutNotice().signed();
        provider.jwks().answers(500, "text/plain", "later");

        Page page = message.sentTo(Notices.address(restarted));

        Notices.assertRefused(page, 503, "temporarily_unavailable");
        assertEquals("5", page.header("Retry-After"));
        Notices.assertStillSignedIn(restarted, browser, "alice");
        provider.behaves();
        clock.pass(Duration.ofSeconds(10));
        Notices.assertHeeded(message.sentTo(Notices.address(restarted)));
        Notices.assertEnded(restarted, browser);
    }

    /** Plain OAuth 2.0 needs no keys for its logins, but for notices. */
    @Test
    void aProviderWithoutKeysIsNotTheNoticesFault() {
        provider.metadata().without("jwks_uri");
        App plain = stage.start(Notices.jetty().filterParam("scope", "profile"));

        Page page = provider.sendsLogoutToken(Notices.address(plain));

        Notices.assertRefused(page, 502, "temporarily_unavailable");
    }

    @Test
    void aLoginByPlainOAuthIsEndedByTheNameOfItsUser() {
        App plain = stage.start(Notices.jetty().filterParam("scope", "profile"));
        Browser browser = stage.signedIn(plain);

        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(plain)));

        Notices.assertEnded(plain, browser);
    }

    // Strangers

    @Test
    void noticesMakeNoSession() {
        provider.sendsLogoutToken(Notices.address(app));
        sent("logout_token=garbage");
        sent("");

        assertEquals(0, app.sessions().created());
    }

    @Test
    void garbageIsNoAlarmAndIsNotRepeatedInTheLog() {
        String garbage = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2V2aWwuZXhhbXBsZSJ9.c2lnbmF0dXJl";
        for (String body : List.of("", "logout_token=x", "logout_token=" + garbage, "logout_token=%00%0d%0aINFO")) {
            Notices.assertRefused(sent(body));
        }

        List<Logs.Entry> told = stage.logs().atLeast(Level.INFO);
        assertEquals(4, told.size(), stage.logs()::text);
        told.forEach(entry -> {
            assertEquals(Level.INFO, entry.level());
            assertTrue(
                    entry.message().matches("logout_notice_invalid \\[\\w+] [^\\r\\n]+ \\(POST /notice\\)"),
                    entry::message);
        });
        assertFalse(stage.logs().text().contains(garbage));
        assertFalse(stage.logs().text().contains("c2lnbmF0dXJl"));
    }

    @Test
    void aLoneNodeIsToldAtTheStartWhatItMisses() {
        stage.start(Notices.jetty());

        assertEquals(
                List.of("WARNING io.github.pkceauth PkceAuthFilter: backchannelLogoutPath is set without sharedCache:"
                        + " the provider's notices end the logins of this one server, and are forgotten when it is"
                        + " started again. With several nodes, or with sessions that outlive a restart, set"
                        + " sharedCache"),
                Notices.alarms(stage.logs()));
    }

    private Page sent(String body) {
        return provider.logoutNotice().signed().withBody(body).sentTo(Notices.address(app));
    }
}
