package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.TestTls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final ScriptedProvider provider = ScriptedProvider.start();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void everythingIsReadFromTheMetadataOnce() throws Exception {
        Discovery discovery = discovery(Samples.settings(provider.issuer()), true);
        assertEquals(0, provider.requests().size());

        Provider found = discovery.provider();
        discovery.provider();

        assertEquals(provider.issuer(), found.issuer());
        assertEquals(URI.create(provider.address("/authorize")), found.authorizationEndpoint());
        assertEquals(URI.create(provider.address("/token")), found.tokenEndpoint());
        assertEquals(Optional.of(URI.create(provider.address("/jwks"))), found.jwksUri());
        assertEquals(Optional.of(URI.create(provider.address("/userinfo"))), found.userinfoEndpoint());
        assertEquals(Optional.of(URI.create(provider.address("/logout"))), found.endSessionEndpoint());
        assertEquals(1, provider.requests().size());
    }

    @ParameterizedTest
    @CsvSource({
        "'', /.well-known/openid-configuration, /.well-known/oauth-authorization-server",
        "/, /.well-known/openid-configuration, /.well-known/oauth-authorization-server",
        "/realms/a, /realms/a/.well-known/openid-configuration, /.well-known/oauth-authorization-server/realms/a",
        "/realms/a/, /realms/a/.well-known/openid-configuration, /.well-known/oauth-authorization-server/realms/a"
    })
    void bothLocationsAreTriedInOrder(String issuerPath, String openid, String oauth) throws Exception {
        provider.withIssuerPath(issuerPath);
        provider.openidMetadata().answers(404, "text/plain", "");

        discovery(Samples.settings(provider.issuer()), true).provider();

        assertEquals(
                List.of(openid, oauth),
                provider.requests().stream().map(request -> request.path()).toList());
    }

    @Test
    void anAddressThatIsGivenIsTheOnlyOne() throws Exception {
        ProviderSettings settings = new ProviderSettings(
                Issuers.one(provider.issuer()),
                Optional.of(URI.create(provider.address("/.well-known/oauth-authorization-server"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        discovery(settings, true).provider();

        assertEquals(1, provider.calls("/.well-known/oauth-authorization-server"));
        assertEquals(1, provider.requests().size());
    }

    @Test
    void withAllThatIsNeededNoMetadataIsRead() throws Exception {
        ProviderSettings settings = new ProviderSettings(
                Issuers.one("https://github.example"),
                Optional.empty(),
                Optional.of(URI.create("https://github.example/authorize")),
                Optional.of(URI.create("https://github.example/token")),
                Optional.empty(),
                Optional.of(URI.create("https://api.github.example/user")),
                Optional.empty(),
                Optional.empty());

        Provider found = discovery(settings, false).provider();

        assertEquals("https://github.example", found.issuer());
        assertEquals(Optional.empty(), found.jwksUri());
        assertEquals(0, provider.requests().size());
    }

    /** What parameters say needs no metadata; what one login needs, another has no use for. */
    @ParameterizedTest
    @CsvSource({
        "true, true, true, true, 0",
        "true, true, false, true, 1",
        "true, true, true, false, 1",
        "false, true, false, true, 0",
        "true, false, true, false, 0",
        "false, false, false, false, 0"
    })
    void metadataIsReadForWhatIsNeededAndNotGiven(
            boolean keysNeeded, boolean userinfoNeeded, boolean keysGiven, boolean userinfoGiven, int reads)
            throws Exception {
        ProviderSettings settings = new ProviderSettings(
                Issuers.one(provider.issuer()),
                Optional.empty(),
                Optional.of(URI.create(provider.address("/authorize"))),
                Optional.of(URI.create(provider.address("/token"))),
                Optional.of(URI.create(provider.address("/jwks"))).filter(given -> keysGiven),
                Optional.of(URI.create(provider.address("/userinfo"))).filter(given -> userinfoGiven),
                Optional.empty(),
                Optional.empty());

        new Discovery(
                        settings,
                        Samples.needs(keysNeeded, userinfoNeeded),
                        new Http(Tls.ofJvm(), WAIT, false),
                        WAIT,
                        new TestClock())
                .provider();

        assertEquals(reads, provider.metadataCalls());
    }

    /** R61: to the letter. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "x", ""})
    void anotherIssuersMetadataIsRefused(String more) {
        String told = more.isEmpty() ? provider.issuer().replace("http", "HTTP") : provider.issuer() + more;
        provider.metadata().with("issuer", told);

        AuthFailure failure = refused(false);

        assertEquals(
                "metadata "
                        + provider.issuer()
                        + "/.well-known/openid-configuration is of the issuer '"
                        + told
                        + "', but the parameter issuer is '"
                        + provider.issuer()
                        + "'; they must be equal to the letter, a final slash included",
                failure.getMessage());
        assertEquals(Reason.METADATA_INVALID, failure.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "500, PROVIDER_UNREACHABLE",
        "503, PROVIDER_UNREACHABLE",
        "429, PROVIDER_UNREACHABLE",
        "404, METADATA_INVALID",
        "302, METADATA_INVALID"
    })
    void whatIsAnsweredInsteadTellsWhetherAnotherTryMakesSense(int status, Reason reason) {
        provider.openidMetadata().answers(status, "text/plain", "");
        provider.oauthMetadata().answers(status, "text/plain", "");

        assertEquals(reason, refused(false).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri"})
    void whatIsNeededAndMissingIsNamed(String member) {
        provider.metadata().without(member);

        assertEquals(
                "the provider's metadata has no usable " + member,
                refused(false).getMessage());
    }

    /** R63: every address of the metadata, those that the browser is sent to included. */
    @ParameterizedTest
    @CsvSource({
        "authorization_endpoint, http://login.example.com/authorize",
        "token_endpoint, http://login.example.com/token",
        "jwks_uri, http://login.example.com/jwks",
        "userinfo_endpoint, http://login.example.com/userinfo",
        "end_session_endpoint, http://login.example.com/logout",
        "authorization_endpoint, ftp://127.0.0.1/authorize",
        "authorization_endpoint, javascript://127.0.0.1/%0aalert(1)",
        "end_session_endpoint, myapp://localhost/logout",
        "jwks_uri, file://localhost/etc/passwd",
        "token_endpoint, /token",
        "token_endpoint, //login.example.com/token",
        "token_endpoint, mailto:me@login.example.com",
        "token_endpoint, https://login.example.com/token#fragment",
        "token_endpoint, not an address"
    })
    void anAddressThatIsNotHttpsIsRefused(String member, String address) {
        provider.metadata().with(member, address);

        AuthFailure failure = refused(false);

        assertEquals(Reason.METADATA_INVALID, failure.reason());
        assertEquals(
                "the provider's metadata has a " + member + " that is no https address: " + address,
                failure.getMessage());
    }

    /** Else a provider could have its clients' servers call what listens there for that machine alone. */
    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"})
    void whatCameByHttpsDoesNotLeadToPlainHttpOnThisMachine(String member) throws Exception {
        try (ScriptedProvider secure = ScriptedProvider.overTls(TestTls.TRUSTED)) {
            secure.metadata().with(member, "http://127.0.0.1:8500/v1/kv");
            ProviderSettings settings = Samples.settings(secure.issuer());

            AuthFailure failure = assertThrows(
                    AuthFailure.class,
                    () -> discovery(settings, trusting(false)).provider());

            assertEquals(
                    "the provider's metadata has a " + member
                            + " that is no https address: http://127.0.0.1:8500/v1/kv",
                    failure.getMessage());
            assertDoesNotThrow(() -> discovery(settings, trusting(true)).provider());
        }
    }

    @Test
    void plainHttpMayBeAllowedOpenly() throws Exception {
        provider.metadata().with("end_session_endpoint", "http://login.example.com/logout");

        assertEquals(
                Optional.of(URI.create("http://login.example.com/logout")),
                discovery(Samples.settings(provider.issuer()), true, true)
                        .provider()
                        .endSessionEndpoint());
    }

    private AuthFailure refused(boolean allowInsecure) {
        Discovery discovery = discovery(Samples.settings(provider.issuer()), true, allowInsecure);
        return assertThrows(AuthFailure.class, discovery::provider);
    }

    private static Discovery discovery(ProviderSettings settings, boolean keysNeeded) {
        return discovery(settings, keysNeeded, false);
    }

    private static Discovery discovery(ProviderSettings settings, boolean keysNeeded, boolean allowInsecure) {
        return new Discovery(
                settings,
                Samples.needs(keysNeeded, false),
                new Http(Tls.ofJvm(), WAIT, allowInsecure),
                WAIT,
                new TestClock());
    }

    private static Discovery discovery(ProviderSettings settings, Http http) {
        return new Discovery(settings, Samples.KEYS_NEEDED, http, WAIT, new TestClock());
    }

    private static Http trusting(boolean allowInsecure) throws GeneralSecurityException {
        Tls trust = Tls.ofJvmAnd(TestTls.caPem().getBytes(StandardCharsets.US_ASCII));
        return new Http(trust, WAIT, allowInsecure);
    }
}
