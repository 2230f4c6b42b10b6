package io.github.pkceauth.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.FreePort;
import io.github.pkceauth.testkit.Reply;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.TestTls;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the way to the provider: names, connections, certificates, answers, and clocks. */
class ConnectionFindingsTest {

    @AutoClose
    private final ScriptedProvider provider = HealthyProvider.start();

    @TempDir
    private Path folder;

    // Reached or not

    @Test
    void aProviderThatIsWellIsWell() {
        Outcome outcome = Visit.to(provider).examined().warnsOf();

        assertTrue(outcome.message(Code.METADATA_READ)
                .startsWith("read at " + provider.issuer() + "/.well-known/openid-configuration in "));
        assertEquals(
                "the clock of " + provider.issuer().substring("http://".length()) + " and this machine's agree",
                outcome.message(Code.CLOCK));
        assertEquals("the metadata's issuer is " + provider.issuer() + ", to the letter", outcome.message(Code.ISSUER));
        assertFalse(outcome.has(Code.TLS));
    }

    @Test
    void metadataAtTheSecondPlaceAreReadThere() {
        provider.openidMetadata().answers(404, "text/plain", "");

        assertTrue(Visit.to(provider)
                .examined()
                .warnsOf()
                .message(Code.METADATA_READ)
                .startsWith("read at " + provider.issuer() + "/.well-known/oauth-authorization-server in "));
    }

    @Test
    void aConfigurationThatSaysEverythingReadsNoMetadata() {
        Outcome outcome = Visit.to(provider)
                .with("authorizationEndpoint", provider.address("/authorize"))
                .with("tokenEndpoint", provider.address("/token"))
                .with("jwksUri", provider.address("/jwks"))
                .with("endSessionEndpoint", provider.address("/logout"))
                .examined()
                .warnsOf();

        assertTrue(outcome.has(Code.METADATA_NOT_NEEDED));
        assertTrue(outcome.has(Code.KEYS_READ) && outcome.has(Code.CLIENT_ACCEPTED));
        assertEquals(0, provider.metadataCalls());
    }

    @Test
    void aPortWhereNobodyListensIsARefusedConnection() {
        int port = FreePort.next();

        Outcome outcome = Visit.to("http://127.0.0.1:" + port).examined().wrongWith(Code.CONNECTION_REFUSED);

        assertEquals(
                "metadata http://127.0.0.1:" + port + "/.well-known/openid-configuration could not be reached: no"
                        + " connection is accepted at 127.0.0.1:" + port,
                outcome.message(Code.CONNECTION_REFUSED));
        assertTrue(outcome.mend(Code.CONNECTION_REFUSED).startsWith("check host and port in issuer"));
    }

    @Test
    void theParameterToMendIsTheOneThatTheAddressComesFrom() {
        String nowhere = "http://127.0.0.1:" + FreePort.next();

        assertTrue(Visit.to(provider)
                .with("metadataUrl", nowhere)
                .examined()
                .mend(Code.CONNECTION_REFUSED)
                .startsWith("check host and port in metadataUrl"));
        assertTrue(Visit.to(provider)
                .with("jwksUri", nowhere)
                .examined()
                .mend(Code.CONNECTION_REFUSED)
                .startsWith("check host and port in jwksUri"));
        assertTrue(Visit.to(provider)
                .with("tokenEndpoint", nowhere)
                .examined()
                .mend(Code.CONNECTION_REFUSED)
                .startsWith("check host and port in tokenEndpoint"));
    }

    @Test
    void aProviderThatDoesNotAnswerMeetsTheTimeLimit() {
        provider.metadata().hangs();

        Outcome outcome =
                Visit.to(provider).with("httpTimeout", "PT0.3S").examined().wrongWith(Code.NO_ANSWER_IN_TIME);

        assertTrue(outcome.message(Code.NO_ANSWER_IN_TIME).endsWith("gave no whole answer within PT0.3S"));
    }

    @Test
    void aConnectionThatEndsIsAConnectionThatFailed() {
        provider.metadata().resets();

        Visit.to(provider).examined().wrongWith(Code.CONNECTION_FAILED);
    }

    @Test
    void anotherStatusIsToldWithTheStatus() {
        provider.metadata().answers(404, "text/plain", "");

        assertEquals(
                "metadata " + provider.issuer() + "/.well-known/oauth-authorization-server answered with status 404",
                Visit.to(provider).examined().wrongWith(Code.STATUS_UNEXPECTED).message(Code.STATUS_UNEXPECTED));
    }

    @Test
    void noJsonIsToldApartFromNoAnswer() {
        provider.metadata().answers(200, "text/html", "<p>Please sign in</p>");

        assertEquals(
                "metadata " + provider.issuer()
                        + "/.well-known/openid-configuration answered something that is no JSON object",
                Visit.to(provider).examined().wrongWith(Code.ANSWER_UNREADABLE).message(Code.ANSWER_UNREADABLE));
    }

    @Test
    void keysThatCannotBeReadDoNotKeepTheClientFromBeingTried() {
        provider.jwks().answers(500, "text/plain", "");

        assertTrue(
                Visit.to(provider).examined().wrongWith(Code.STATUS_UNEXPECTED).has(Code.CLIENT_ACCEPTED));
    }

    @Test
    void withoutMetadataWhatTheConfigurationSaysIsStillTried() {
        provider.metadata().answers(500, "text/plain", "");

        Outcome outcome = Visit.to(provider)
                .with("jwksUri", provider.address("/jwks"))
                .with("tokenEndpoint", provider.address("/token"))
                .examined()
                .wrongWith(Code.STATUS_UNEXPECTED);

        assertTrue(outcome.has(Code.KEYS_READ) && outcome.has(Code.CLIENT_ACCEPTED));
        assertEquals(List.of(Visit.BASE + "/callback"), outcome.register().get("redirect_uris"));
    }

    // Certificates

    @Test
    void aConnectionByTlsIsToldWithItsVersionAndTheCertificatesEnd() {
        try (ScriptedProvider secure =
                HealthyProvider.ahead(ScriptedProvider.overTls(TestTls.TRUSTED), Duration.ZERO)) {
            String message = trusting(secure)
                    .examined()
                    .warnsOf(Code.CONFIGURATION_WARNING)
                    .message(Code.TLS);

            assertTrue(
                    message.matches("TLSv1\\.3 with 127\\.0\\.0\\.1:\\d+; its certificate lasts until \\S+Z"), message);
        }
    }

    @Test
    void aCertificateThatExpiresSoonIsAWarning() {
        try (ScriptedProvider secure =
                HealthyProvider.ahead(ScriptedProvider.overTls(TestTls.ENDS_SOON), Duration.ZERO)) {
            String message = trusting(secure)
                    .examined()
                    .warnsOf(Code.CONFIGURATION_WARNING, Code.CERTIFICATE_ENDS_SOON)
                    .message(Code.CERTIFICATE_ENDS_SOON);

            assertTrue(message.contains(" expires in 9 days, at ") || message.contains(" in 10 days, at "), message);
        }
    }

    @Test
    void aCertificateThatHasExpiredIsToldWithTheDay() {
        try (ScriptedProvider secure = ScriptedProvider.overTls(TestTls.EXPIRED)) {
            String message = trusting(secure)
                    .examined()
                    .wrongWith(Code.CERTIFICATE_OUT_OF_DATE)
                    .message(Code.CERTIFICATE_OUT_OF_DATE);

            String day = Instant.now().minus(Duration.ofDays(35)).toString().substring(0, 10);
            String dayBefore =
                    Instant.now().minus(Duration.ofDays(36)).toString().substring(0, 10);
            assertTrue(
                    message.contains(" has a certificate that expired on " + day)
                            || message.contains(" has a certificate that expired on " + dayBefore),
                    message);
        }
    }

    @Test
    void aCertificateOfAnotherHostIsTold() {
        try (ScriptedProvider secure = ScriptedProvider.overTls(TestTls.WRONG_HOST)) {
            String message = trusting(secure)
                    .examined()
                    .wrongWith(Code.CERTIFICATE_HOST_NAME)
                    .message(Code.CERTIFICATE_HOST_NAME);

            assertTrue(
                    message.contains("has a certificate that is for another host (No subject alternative names"
                            + " matching IP address 127.0.0.1 found)"),
                    message);
        }
    }

    @Test
    void anAuthorityThatNobodyTrustsLeadsToTrustedCertificates() {
        try (ScriptedProvider secure = ScriptedProvider.overTls(TestTls.UNTRUSTED)) {
            for (Visit visit : new Visit[] {Visit.to(secure), trusting(secure)}) {
                assertTrue(visit.examined()
                        .wrongWith(Code.CERTIFICATE_UNTRUSTED)
                        .mend(Code.CERTIFICATE_UNTRUSTED)
                        .contains("trustedCertificates"));
            }
        }
    }

    @Test
    void aPortWithoutTlsIsNoMatterOfCertificates() {
        String https = provider.issuer().replace("http://", "https://");

        Visit.to(https).examined().wrongWith(Code.TLS_FAILED);
    }

    private Visit trusting(ScriptedProvider secure) {
        return Visit.to(secure)
                .with(
                        "trustedCertificates",
                        TestTls.writeCaPem(folder.resolve("ca.pem")).toString());
    }

    // Clocks

    @Test
    void clocksThatDifferALittleAreAWarning() {
        HealthyProvider.ahead(provider, Duration.ofSeconds(30));

        String message =
                Visit.to(provider).examined().warnsOf(Code.CLOCK_DIFFERS).message(Code.CLOCK_DIFFERS);
        assertTrue(
                message.matches("the clock of 127\\.0\\.0\\.1:\\d+ is (2\\d|30) seconds ahead of this machine's"),
                message);
    }

    @Test
    void clocksThatDifferByMoreThanIsToleratedAreWrong() {
        HealthyProvider.ahead(provider, Duration.ofMinutes(-2));

        String message =
                Visit.to(provider).examined().wrongWith(Code.CLOCK_BEYOND_SKEW).message(Code.CLOCK_BEYOND_SKEW);
        assertTrue(message.endsWith(" behind this machine's, and clockSkew is PT1M"), message);
        Visit.to(provider).with("clockSkew", "PT5M").examined().warnsOf(Code.CLOCK_DIFFERS);
    }

    @Test
    void anAnswerOutOfACacheSaysHowOldItIs() {
        HealthyProvider.ahead(provider, Duration.ofHours(-1));
        provider.everywhere().withHeader("Age", "3600");

        Visit.to(provider).examined().warnsOf();
    }

    @Test
    void theLastAnswerCountsWhichNoCacheGives() {
        provider.metadata()
                .withHeader("Date", HealthyProvider.date(Instant.now().minusSeconds(3600)));

        Visit.to(provider).examined().warnsOf();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yesterday", "Sun, 06 Nov 1994 08:49:37", "Mon, 99 Nov 2099 99:99:99 GMT", "0", "%s%n\u0007"})
    void aTimeThatCannotBeReadIsNoTime(String date) {
        provider.everywhere().withHeader("Date", date);

        Visit.to(provider).examined().warnsOf(Code.CLOCK_UNKNOWN);
    }

    @Test
    void anAgeThatIsNoneChangesNothing() {
        provider.everywhere().withHeader("Age", "99999999999999999999");

        Visit.to(provider).examined().warnsOf();
    }

    // The issuer

    @Test
    void aSlashAtTheEndOfTheIssuerIsNamed() {
        provider.metadata().with("issuer", provider.issuer() + "/");

        Outcome outcome = Visit.to(provider).examined().wrongWith(Code.ISSUER_MISMATCH);

        assertTrue(outcome.message(Code.ISSUER_MISMATCH).contains("'" + provider.issuer() + "/'"));
        assertTrue(outcome.message(Code.ISSUER_MISMATCH).contains("'" + provider.issuer() + "'"));
        assertEquals("put a slash at the end: issuer=" + provider.issuer() + "/", outcome.mend(Code.ISSUER_MISMATCH));
    }

    @Test
    void aSlashTooManyIsNamed() {
        provider.withIssuerPath("/").metadata().with("issuer", provider.address(""));

        assertEquals(
                "leave the slash at the end out: issuer=" + provider.address(""),
                Visit.to(provider).examined().mend(Code.ISSUER_MISMATCH));
    }

    @Test
    void otherCausesOfAnotherIssuerAreNamedToo() {
        assertMend(provider.issuer().replace("http", "https"), "http and https are two issuers");
        assertMend(provider.issuer().replace("http", "HTTP"), "upper and lower case count");
        assertMend("https://login.example.com/{tenantid}/v2.0", "these metadata are of many tenants");
        assertMend("https://login.example.com", "if that is the provider that is meant, write issuer=https://login");
        assertMend(null, "the metadata have no issuer: check metadataUrl");
    }

    private void assertMend(@Nullable String announced, String mend) {
        provider.metadata().with("issuer", announced);
        String found =
                Visit.to(provider).examined().wrongWith(Code.ISSUER_MISMATCH).mend(Code.ISSUER_MISMATCH);
        assertTrue(found.startsWith(mend), found);
    }

    @Test
    void anotherIssuersTokenEndpointIsSentNoSecret() {
        provider.withClientSecret("a-secret-of-some-length").metadata().with("issuer", "https://login.example.com");

        assertTrue(Visit.to(provider)
                .examined()
                .wrongWith(Code.ISSUER_MISMATCH)
                .keepsSecretsOf(provider)
                .has(Code.CLIENT_NOT_TRIED));
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void aRedirectIsToldAndNotFollowed() {
        provider.metadata().answers(Reply.redirect(302, provider.address("/elsewhere")));

        assertTrue(Visit.to(provider)
                .examined()
                .wrongWith(Code.STATUS_UNEXPECTED)
                .message(Code.STATUS_UNEXPECTED)
                .endsWith("redirects are not followed: give the final address"));
        assertEquals(0, provider.calls("/elsewhere"));
    }
}
