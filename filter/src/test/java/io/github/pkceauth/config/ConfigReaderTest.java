package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.oidc.Assurance;
import io.github.pkceauth.oidc.AuthenticationRequirements;
import io.github.pkceauth.oidc.ClaimPath;
import io.github.pkceauth.oidc.ClaimRules;
import io.github.pkceauth.oidc.Client;
import io.github.pkceauth.oidc.ClientAuthentication;
import io.github.pkceauth.oidc.Issuers;
import io.github.pkceauth.oidc.ProviderSettings;
import io.github.pkceauth.oidc.RelyingParty;
import io.github.pkceauth.oidc.ResponseMode;
import io.github.pkceauth.oidc.Tls;
import io.github.pkceauth.testkit.TestTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    private static final String SECRET = "0123456789-a-secret-of-forty-bytes-56789";

    @Test
    void issuerAndClientIdAreEnough() {
        assertEquals(
                new Config(
                        "login",
                        new ProviderSettings(
                                Issuers.one(DeploymentBuilder.ISSUER),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        new Client(
                                "the-client",
                                new ClientAuthentication.None(),
                                Optional.empty(),
                                "openid profile email",
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                ResponseMode.QUERY,
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Assurance.USUAL),
                        new ClaimRules(
                                new ClaimPath(ClaimPath.Source.USER, "sub"), List.of(), ClaimRules.UserinfoUse.AUTO),
                        new RelyingParty.Limits(Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofSeconds(60)),
                        Tls.ofJvm(),
                        false,
                        Optional.empty(),
                        Forwarding.NONE,
                        new Paths("/callback", "/login", "/logout", "/", Optional.empty(), Optional.empty()),
                        Set.of(),
                        false,
                        new Access(false, false, List.of(), AuthenticationRequirements.NONE, List.of(), List.of()),
                        Optional.empty(),
                        false,
                        16,
                        new PendingState(Optional.empty()),
                        new SessionLife(
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofMinutes(5),
                                Duration.ofDays(1).plusMinutes(1)),
                        Optional.empty(),
                        List.of(),
                        List.of()),
                DeploymentBuilder.minimal().config());
    }

    @Test
    void aWholesomeConfigurationWarnsOfNothing() {
        assertEquals(List.of(), DeploymentBuilder.minimal().read().warnings());
    }

    @Test
    void aSecretThatIsNotSentIsAWarning() {
        assertEquals(
                List.of("clientAuthentication is none, so the token endpoint is not sent the clientSecret"),
                withSecret().initParam("clientAuthentication", "none").read().warnings());
    }

    /** The user's browser carries the request: whoever takes such a wish out is signed in all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"claims", "hd", "organization"})
    void aWishThatNoAnswerIsCheckedForIsAWarning(String name) {
        assertEquals(
                List.of("authorizationParameters has " + name + ", which users can take out of the request, and no ID"
                        + " token is checked for it: what depends on it, the application or the provider must check"
                        + " itself"),
                DeploymentBuilder.minimal()
                        .initParam("authorizationParameters", "prompt=login&" + name + "=x")
                        .read()
                        .warnings());
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertEquals(
                """
                PkceAuthFilter 'login' does not start, because of 5 problems in its configuration:
                  1. maxPendingLogins (init-param maxPendingLogins) is empty: give it a value, or remove it altogether
                  2. clientId is missing: write the client id that the provider issued
                  3. issuer = 'id.example.com' (environment variable PKCE_ISSUER): write an absolute address, for example https://login.example.com/
                  4. loginTimeout = '10' (context-param pkce.loginTimeout): write an ISO 8601 duration, for example PT30S or PT10M
                  5. init-param clientID is no parameter; did you mean clientId?""",
                DeploymentBuilder.empty()
                        .environment("PKCE_ISSUER", "id.example.com")
                        .contextParam("pkce.loginTimeout", "10")
                        .initParam("maxPendingLogins", "")
                        .initParam("clientID", "x")
                        .message());
    }

    @Test
    void theProblemsCanBeHadOneByOne() {
        DeploymentBuilder deployment = DeploymentBuilder.empty();

        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> ConfigReader.readFromOutside(deployment.build()));

        assertEquals(deployment.problems(), refused.problems());
    }

    @Test
    void whatIsMissingIsNamedWithAnExample() {
        assertEquals("""
                PkceAuthFilter 'login' does not start, because of 2 problems in its configuration:
                  1. clientId is missing: write the client id that the provider issued
                  2. issuer is missing: write the provider's issuer identifier, for example https://login.example.com/""", DeploymentBuilder.empty().message());
    }

    @Test
    void oneProblemIsNotCalledSeveral() {
        assertEquals(
                """
                PkceAuthFilter 'login' does not start, because of 1 problem in its configuration:
                  1. clientId is missing: write the client id that the provider issued""",
                DeploymentBuilder.empty()
                        .initParam("issuer", DeploymentBuilder.ISSUER)
                        .message());
    }

    @Test
    void aBadDurationFromTheEnvironmentIsNamedByItsVariable() {
        assertEquals(
                "httpTimeout = '10' (environment variable PKCE_LOGIN_HTTP_TIMEOUT): write an ISO 8601 duration, for"
                        + " example PT30S or PT10M",
                DeploymentBuilder.minimal()
                        .environment("PKCE_LOGIN_HTTP_TIMEOUT", "10")
                        .problem());
    }

    @Test
    void noMessageHoldsASecret() {
        String message = DeploymentBuilder.empty()
                .property("pkce.issuer", "nonsense")
                .property("pkce.login.clientSecrets", SECRET + "1")
                .initParam("clientSecret", SECRET)
                .initParam("clientSecretFile", "/nowhere")
                .initParam("clientSecrt", SECRET + "2")
                .initParam("idTokenSignedResponseAlg", "HS512")
                .message();

        assertFalse(message.contains(SECRET), message);
    }

    @Test
    void noReadingShowsASecret() {
        ConfigReader.Reading reading = DeploymentBuilder.minimal()
                .environment("PKCE_CLIENT_SECRET", SECRET)
                .initParam("clientSecret", SECRET)
                .property("pkce.login.clientSecret", SECRET)
                .read();

        assertFalse(reading.toString().contains(SECRET), "a reading shows the secret");
        assertFalse(reading.config().toString().contains(SECRET), "a configuration shows the secret");
    }

    @Test
    void aSecretMakesTheClientConfidential() {
        ClientAuthentication basic = assertInstanceOf(
                ClientAuthentication.Basic.class, withSecret().config().client().authentication());
        assertEquals("client_secret_basic", basic.method());
        assertInstanceOf(
                ClientAuthentication.Post.class,
                withSecret()
                        .initParam("clientAuthentication", "client_secret_post")
                        .config()
                        .client()
                        .authentication());
        assertInstanceOf(
                ClientAuthentication.None.class,
                DeploymentBuilder.minimal()
                        .initParam("clientAuthentication", "none")
                        .config()
                        .client()
                        .authentication());
    }

    @ParameterizedTest
    @CsvSource({"client_secret_basic", "client_secret_post"})
    void aMethodThatProvesASecretNeedsOne(String method) {
        assertEquals(
                "clientAuthentication = '"
                        + method
                        + "' (init-param clientAuthentication): give clientSecret as well, or write none",
                DeploymentBuilder.minimal()
                        .initParam("clientAuthentication", method)
                        .problem());
    }

    @Test
    void hs256NeedsASecretOfItsSize() {
        String problem = "idTokenSignedResponseAlg = 'HS256' (init-param idTokenSignedResponseAlg): HS256 needs a"
                + " clientSecret of 32 bytes at the least; better register the client for RS256";

        assertEquals(
                problem,
                DeploymentBuilder.minimal()
                        .initParam("idTokenSignedResponseAlg", "HS256")
                        .problem());
        assertEquals(
                problem,
                DeploymentBuilder.minimal()
                        .initParam("idTokenSignedResponseAlg", "HS256")
                        .initParam("clientSecret", "x".repeat(31))
                        .problem());
        assertEquals(
                Optional.of(JWSAlgorithm.HS256),
                DeploymentBuilder.minimal()
                        .initParam("idTokenSignedResponseAlg", "HS256")
                        .initParam("clientSecret", "ü".repeat(16))
                        .config()
                        .client()
                        .idTokenAlgorithm());
    }

    @Test
    void withoutOpenidTheUserHasToComeFromUserinfo() {
        assertEquals(
                "userinfo = 'never' (init-param userinfo): without openid in the scope, userinfo is the only place the"
                        + " user can come from; write auto, or add openid to scope",
                DeploymentBuilder.minimal()
                        .initParam("userinfo", "never")
                        .initParam("scope", "profile openid2")
                        .problem());
    }

    @Test
    void rolesOfUserinfoNeedUserinfo() {
        assertEquals(
                "userinfo = 'never' (init-param userinfo): rolesClaim reads userinfo; write auto, or change rolesClaim",
                DeploymentBuilder.minimal()
                        .initParam("userinfo", "never")
                        .initParam("rolesClaim", "userinfo:roles")
                        .problem());
    }

    @Test
    void rolesOfTheTokensDoWithoutUserinfo() {
        assertEquals(
                2,
                DeploymentBuilder.minimal()
                        .initParam("userinfo", "never")
                        .initParam("rolesClaim", "groups access_token:roles")
                        .config()
                        .claims()
                        .roles()
                        .size());
    }

    @Test
    void aSecretFromALowerPlaceThanTheIssuerIsAMistake() {
        assertEquals(
                "clientSecret (init-param clientSecret) was not meant for the issuer, which comes from the environment"
                        + " variable PKCE_ISSUER and would be sent the secret: give clientSecret in the same place as"
                        + " issuer",
                withSecret()
                        .environment("PKCE_ISSUER", "https://other.example.com")
                        .problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCE_TOKEN_ENDPOINT", "PKCE_METADATA_URL", "PKCE_REVOCATION_ENDPOINT"})
    void aSecretDoesNotFollowAnEndpointFromAHigherPlaceEither(String name) {
        String problem =
                withSecret().environment(name, "https://other.example.com/x").problem();

        assertTrue(problem.startsWith("clientSecret (init-param clientSecret) was not meant for the "), problem);
        assertTrue(problem.contains("environment variable " + name), problem);
    }

    @Test
    void aSecretFromTheSamePlaceAsTheIssuerOrAHigherIsFine() {
        withSecret().config();
        DeploymentBuilder.minimal().environment("PKCE_CLIENT_SECRET", SECRET).config();
        DeploymentBuilder.minimal()
                .environment("PKCE_ISSUER", "https://other.example.com")
                .property("pkce.clientSecret", SECRET)
                .config();
        DeploymentBuilder.minimal()
                .environment("PKCE_CLIENT_SECRET", SECRET)
                .environment("PKCE_LOGIN_ISSUER", "https://other.example.com")
                .config();
    }

    @Test
    void securitySwitchesFromOutsideTheApplicationAreWarnings() {
        assertEquals(
                List.of(
                        "publicPaths is set to '/health' from outside the application, by environment variable"
                                + " PKCE_PUBLIC_PATHS",
                        "allowInsecureHttp is set to 'true' from outside the application, by system property"
                                + " pkce.login.allowInsecureHttp"),
                DeploymentBuilder.minimal()
                        .environment("PKCE_PUBLIC_PATHS", "/health")
                        .property("pkce.login.allowInsecureHttp", "true")
                        .read()
                        .warnings());
    }

    @Test
    void trustedCertificatesFromOutsideAreAWarningToo(@TempDir Path folder) {
        String file = TestTls.writeCaPem(folder.resolve("ca.pem")).toString();

        assertEquals(
                List.of("trustedCertificates is set to '"
                        + file
                        + "' from outside the application, by environment variable PKCE_TRUSTED_CERTIFICATES"),
                DeploymentBuilder.minimal()
                        .environment("PKCE_TRUSTED_CERTIFICATES", file)
                        .read()
                        .warnings());
    }

    /** It makes a page public, as publicPaths does. */
    @Test
    void aPathForAfterTheLogoutFromOutsideIsAWarningToo() {
        assertEquals(
                List.of("afterLogoutPath is set to '/admin' from outside the application, by environment variable"
                        + " PKCE_AFTER_LOGOUT_PATH"),
                DeploymentBuilder.minimal()
                        .environment("PKCE_AFTER_LOGOUT_PATH", "/admin")
                        .read()
                        .warnings());
    }

    @Test
    void theApplicationsOwnSecuritySwitchesAreNoWarnings() {
        assertEquals(
                List.of(),
                DeploymentBuilder.minimal()
                        .contextParam("pkce.publicPaths", "/health")
                        .initParam("allowInsecureHttp", "true")
                        .read()
                        .warnings());
    }

    @Test
    void aSecondFilterOfTheSameNameIsAMistake() {
        assertEquals(
                "another PkceAuthFilter of this application is named 'login' as well, or has no name either: give each"
                        + " a name of its own",
                DeploymentBuilder.minimal().nameTaken().problem());
    }

    private static DeploymentBuilder withSecret() {
        return DeploymentBuilder.minimal().initParam("clientSecret", SECRET);
    }
}
