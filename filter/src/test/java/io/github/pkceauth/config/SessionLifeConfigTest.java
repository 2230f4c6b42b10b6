package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of how long logins last, and of how they end. */
class SessionLifeConfigTest {

    @ParameterizedTest
    @EnumSource
    void eachPolicyHasItsWord(SessionLife.Policy policy) {
        assertEquals(
                Optional.of(policy),
                with("sessionPolicy", policy.word()).config().sessionLife().policy());
    }

    @Test
    void anUnknownPolicyIsToldWhichThereAre() {
        assertEquals(
                "sessionPolicy = 'idtoken' (init-param sessionPolicy): write one of [container, idToken, refresh]; did"
                        + " you mean idToken?",
                with("sessionPolicy", "idtoken").problem());
    }

    @Test
    void withoutOpenIdThereIsNoIdTokenToLastFor() {
        assertEquals(
                "sessionPolicy = 'idToken' (init-param sessionPolicy): without openid in the scope there is no ID"
                        + " token; write container or refresh",
                with("sessionPolicy", "idToken").initParam("scope", "profile").problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"container", "refresh"})
    void theOtherPoliciesNeedNoOpenId(String policy) {
        with("sessionPolicy", policy).initParam("scope", "profile").config();
    }

    @ParameterizedTest
    @CsvSource({"maxSessionAge, PT1S", "maxSessionAge, P3650D", "refreshGrace, PT0S", "refreshGrace, P1D"})
    void durationsWithinTheirBoundsAreTaken(String name, String value) {
        SessionLife life = with(name, value).config().sessionLife();

        assertEquals(
                Duration.parse(value),
                name.equals("refreshGrace")
                        ? life.refreshGrace()
                        : life.maxAge().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "maxSessionAge, PT0S, PT1S and PT87600H",
        "maxSessionAge, P3651D, PT1S and PT87600H",
        "refreshGrace, -PT1S, PT0S and PT24H",
        "refreshGrace, P2D, PT0S and PT24H"
    })
    void durationsBeyondTheirBoundsAreTold(String name, String value, String bounds) {
        assertEquals(
                name + " = '" + value + "' (init-param " + name + "): write a duration between " + bounds,
                with(name, value).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxSessionAge", "refreshGrace"})
    void whatIsNoDurationIsTold(String name) {
        assertEquals(
                name + " = '8 hours' (init-param " + name + "): write an ISO 8601 duration, for example PT30S or PT10M",
                with(name, "8 hours").problem());
    }

    /** No shorter than a session that nobody uses may live. */
    @ParameterizedTest
    @CsvSource({
        "     ,       , PT24H1M",
        "     , PT30M , PT24H1M",
        "     , PT48H , PT48H1M",
        "PT8H , PT48H , PT8H1M",
        "PT8H ,       , PT8H1M",
        "PT72H, PT48H , PT48H1M"
    })
    void noticesAreRememberedForAsLongAsASessionMayLie(String maxAge, String sessionTimeout, Duration remembered) {
        DeploymentBuilder deployment = DeploymentBuilder.minimal();
        if (maxAge != null) {
            deployment.initParam("maxSessionAge", maxAge);
        }
        if (sessionTimeout != null) {
            deployment.sessionTimeout(Duration.parse(sessionTimeout));
        }

        assertEquals(remembered, deployment.config().sessionLife().noticeLife());
    }

    // Logouts

    @Test
    void thePathsOfLogoutsAreNoneUnlessTheyAreSet() {
        Paths paths = DeploymentBuilder.minimal().config().paths();

        assertEquals(Optional.empty(), paths.backchannelLogout());
        assertEquals(Optional.empty(), paths.frontchannelLogout());
    }

    @Test
    void thePathsOfLogoutsAreTheDeploymentsChoice() {
        Paths paths = with("backchannelLogoutPath", "/a/notice")
                .initParam("frontchannelLogoutPath", "/a/frame")
                .config()
                .paths();

        assertEquals(Optional.of("/a/notice"), paths.backchannelLogout());
        assertEquals(Optional.of("/a/frame"), paths.frontchannelLogout());
    }

    @ParameterizedTest
    @CsvSource({
        "backchannelLogoutPath, notice",
        "backchannelLogoutPath, /notice?a",
        "backchannelLogoutPath, /notice/*",
        "backchannelLogoutPath, https://app.example/notice",
        "frontchannelLogoutPath, frame",
        "frontchannelLogoutPath, /fr%61me"
    })
    void whatIsNoPathIsTold(String name, String value) {
        assertEquals(
                name + " = '" + value + "' (init-param " + name + "): write a path within the application, beginning"
                        + " with one /, without query, wildcard or escapes",
                with(name, value).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"backchannelLogoutPath", "frontchannelLogoutPath"})
    void theFrontPageIsNoPathOfALogout(String name) {
        assertEquals(
                name + " = '/' (init-param " + name + "): write a path of its own for the filter, without a final"
                        + " slash",
                with(name, "/").problem());
    }

    @ParameterizedTest
    @CsvSource({
        "backchannelLogoutPath, /callback, callbackPath and backchannelLogoutPath",
        "backchannelLogoutPath, /login, loginPath and backchannelLogoutPath",
        "backchannelLogoutPath, /logout, logoutPath and backchannelLogoutPath",
        "frontchannelLogoutPath, /callback, callbackPath and frontchannelLogoutPath",
        "frontchannelLogoutPath, /logout, logoutPath and frontchannelLogoutPath"
    })
    void aPathThatIsTakenIsTold(String name, String path, String both) {
        assertEquals(
                both + " are both '" + path + "': give each its own path",
                with(name, path).problems().stream()
                        .filter(each -> each.contains("are both"))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void theTwoWaysOfLogoutHavePathsOfTheirOwn() {
        assertEquals(
                List.of(
                        "backchannelLogoutPath and frontchannelLogoutPath are both '/out': give each its own path",
                        "backchannelLogoutPath and afterLogoutPath are both '/out': give each its own path"),
                with("backchannelLogoutPath", "/out")
                        .initParam("frontchannelLogoutPath", "/out")
                        .initParam("afterLogoutPath", "/out")
                        .problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"backchannelLogoutPath", "frontchannelLogoutPath"})
    void aPathWithAServletOfItsOwnIsTold(String name) {
        assertEquals(
                name + " is '/out', and the servlet 'Out' is mapped to the same path, where no request would reach it:"
                        + " change one of them",
                with(name, "/out").servlet("Out", "/out").problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"backchannelLogoutPath", "frontchannelLogoutPath"})
    void aPathOutsideTheFiltersMappingsIsTold(String name) {
        assertEquals(
                name + " is '/out', which is outside the filter's mappings [/callback, /login, /logout, /]: map the"
                        + " filter to it as well, or choose a path inside them",
                with(name, "/out")
                        .mappedTo("/callback", "/login", "/logout", "/")
                        .problem());
    }

    @Test
    void aLoneNodeIsAWarning() {
        assertEquals(
                List.of("backchannelLogoutPath is set without sharedCache: the provider's notices end the logins of"
                        + " this one server, and are forgotten when it is started again. With several nodes, or with"
                        + " sessions that outlive a restart, set sharedCache"),
                with("backchannelLogoutPath", "/notice").read().warnings());
    }

    @Test
    void frontChannelLogoutsAloneNeedNoCache() {
        assertEquals(List.of(), with("frontchannelLogoutPath", "/frame").read().warnings());
    }

    @ParameterizedTest
    @CsvSource({"cache, cache", "cookies  storage, cookies storage", "cache cookies storage, cache cookies storage"})
    void whatBrowsersDropIsAListOfWords(String value, String words) {
        assertEquals(
                List.of(words.split(" ")), with("clearSiteData", value).config().clearSiteData());
    }

    @ParameterizedTest
    @CsvSource({"executionContexts, ''", "*, ''", "cookie, '; did you mean cookies?'", "'cache,storage', ''"})
    void whatBrowsersCannotDropIsTold(String value, String hint) {
        assertEquals(
                "clearSiteData = '" + value + "' (init-param clearSiteData): write one of [cache, cookies, storage]"
                        + hint,
                with("clearSiteData", value).problem());
    }

    @Test
    void browsersDropNothingUnlessTheyAreAskedTo() {
        assertEquals(List.of(), DeploymentBuilder.minimal().config().clearSiteData());
    }

    @Test
    void theRevocationEndpointIsAnAddress() {
        assertEquals(
                Optional.of(URI.create("https://login.example.com/revoke")),
                with("revocationEndpoint", "https://login.example.com/revoke")
                        .config()
                        .provider()
                        .revocationEndpoint());
    }

    @Test
    void theRevocationEndpointIsHttps() {
        assertEquals(
                "revocationEndpoint = 'http://login.example.com/revoke' (init-param revocationEndpoint): write https;"
                        + " plain http leaves this machine only with allowInsecureHttp=true",
                with("revocationEndpoint", "http://login.example.com/revoke").problem());
    }

    private static DeploymentBuilder with(String name, String value) {
        return DeploymentBuilder.minimal().initParam(name, value);
    }
}
