package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.oidc.ClaimPath;
import io.github.pkceauth.oidc.ClaimRules.UserinfoUse;
import io.github.pkceauth.oidc.ResponseMode;
import io.github.pkceauth.testkit.TestTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every parameter's forms, and what is said about a value of no such form. */
class ParsersTest {

    private static final String NOT_ABSOLUTE = "write an absolute address, for example https://login.example.com/";
    private static final String NOT_HTTPS =
            "write https; plain http leaves this machine only with allowInsecureHttp=true";
    private static final String NOT_PLAIN_PATH =
            "write a path within the application, beginning with one /, without query, wildcard or escapes";
    private static final String NOT_SHOWN_SO =
            "write the path as browsers show it, without // and without . and .. in it";
    private static final String NOT_OWN_PATH = "write a path of its own for the filter, without a final slash";
    private static final String NOT_DURATION = "write an ISO 8601 duration, for example PT30S or PT10M";
    private static final String NOT_PAIRS = "write name=value pairs joined by &, for example prompt=login";
    private static final String NO_FRAGMENT = "write the address without a fragment (#…)";

    private static final String METHODS =
            "write one of [client_secret_basic, client_secret_jwt, client_secret_post, none,"
                    + " private_key_jwt, self_signed_tls_client_auth, tls_client_auth]";

    private static final String MODES = "write one of [form_post, form_post.jwt, jwt, query, query.jwt]";

    /** Reads something out of a configuration. */
    interface Look extends Function<Config, Object> {}

    static Stream<Arguments> valid() {
        return Stream.of(
                good("issuer", "https://id.example.com/", c -> c.provider().issuer(), "https://id.example.com/"),
                good("issuer", "HTTPS://ID.example.com/x", c -> c.provider().issuer(), "HTTPS://ID.example.com/x"),
                good("issuer", "http://localhost:9000", c -> c.provider().issuer(), "http://localhost:9000"),
                good(
                        "metadataUrl",
                        "https://x.example/m?v=2",
                        c -> c.provider().metadataUrl(),
                        uri("https://x.example/m?v=2")),
                good(
                        "authorizationEndpoint",
                        "https://x.example/a?p=1",
                        c -> c.provider().authorizationEndpoint(),
                        uri("https://x.example/a?p=1")),
                good(
                        "issuer",
                        "https://id.example.com:65535",
                        c -> c.provider().issuer(),
                        "https://id.example.com:65535"),
                good("tokenEndpoint", "http://[::1]:9/t", c -> c.provider().tokenEndpoint(), uri("http://[::1]:9/t")),
                good("jwksUri", "https://x.example/k", c -> c.provider().jwksUri(), uri("https://x.example/k")),
                good(
                        "userinfoEndpoint",
                        "https://x.example/u",
                        c -> c.provider().userinfoEndpoint(),
                        uri("https://x.example/u")),
                good(
                        "endSessionEndpoint",
                        "https://x.example/e",
                        c -> c.provider().endSessionEndpoint(),
                        uri("https://x.example/e")),
                good("clientId", "a b:ü", c -> c.client().id(), "a b:ü"),
                good(
                        "scope",
                        "openid\n   offline_access  urn:x",
                        c -> c.client().scope(),
                        "openid offline_access urn:x"),
                good(
                        "audience",
                        "https://api.example.com/",
                        c -> c.client().audience(),
                        Optional.of("https://api.example.com/")),
                good(
                        "resource",
                        "https://a.example urn:b",
                        c -> c.client().resources(),
                        List.of("https://a.example", "urn:b")),
                good("responseMode", "form_post", c -> c.client().responseMode(), ResponseMode.FORM_POST),
                good("responseMode", "query", c -> c.client().responseMode(), ResponseMode.QUERY),
                good(
                        "authorizationParameters",
                        "connection=github&prompt=login&x=",
                        c -> c.client().extraParameters(),
                        List.of(Map.entry("connection", "github"), Map.entry("x", ""))),
                good(
                        "authorizationParameters",
                        "connection=github&prompt=login",
                        c -> c.client().prompt(),
                        Optional.of("login")),
                good(
                        "authorizationParameters",
                        "login_hint=a%26b+c=d",
                        c -> c.client().extraParameters(),
                        List.of(Map.entry("login_hint", "a&b c=d"))),
                good("userinfo", "always", c -> c.claims().userinfo(), UserinfoUse.ALWAYS),
                good("userinfo", "never", c -> c.claims().userinfo(), UserinfoUse.NEVER),
                good(
                        "baseUrl",
                        "https://www.example.com/app/",
                        Config::baseUrl,
                        Optional.of("https://www.example.com/app")),
                good("baseUrl", "http://localhost:8080", Config::baseUrl, Optional.of("http://localhost:8080")),
                good("callbackPath", "/oauth2/call-back_1.x", c -> c.paths().callback(), "/oauth2/call-back_1.x"),
                good("loginPath", "/sign/in", c -> c.paths().login(), "/sign/in"),
                good("logoutPath", "/sign/out", c -> c.paths().logout(), "/sign/out"),
                good("afterLogoutPath", "/goodbye/", c -> c.paths().afterLogout(), "/goodbye/"),
                good(
                        "publicPaths",
                        "/ /about /css/* *.png",
                        c -> c.access().publicPaths(),
                        List.of("/", "/about", "/css/*", "*.png")),
                good(
                        "principalClaim",
                        "preferred_username",
                        c -> c.claims().principal(),
                        new ClaimPath(ClaimPath.Source.USER, "preferred_username")),
                good(
                        "rolesClaim",
                        "realm_access.roles access_token:roles userinfo:/a/b",
                        c -> c.claims().roles(),
                        List.of(
                                new ClaimPath(ClaimPath.Source.USER, "realm_access.roles"),
                                new ClaimPath(ClaimPath.Source.ACCESS_TOKEN, "roles"),
                                new ClaimPath(ClaimPath.Source.USERINFO, "/a/b"))),
                good(
                        "idTokenSignedResponseAlg",
                        "ES384",
                        c -> c.client().idTokenAlgorithm(),
                        Optional.of(JWSAlgorithm.ES384)),
                good(
                        "idTokenSignedResponseAlg",
                        "EdDSA",
                        c -> c.client().idTokenAlgorithm(),
                        Optional.of(JWSAlgorithm.EdDSA)),
                good("allowInsecureHttp", "true", Config::allowInsecureHttp, true),
                good("errorPage", "/WEB-INF/error.jsp", Config::errorPage, Optional.of("/WEB-INF/error.jsp")),
                good("clockSkew", "PT0S", c -> c.limits().skew(), Duration.ZERO),
                good("clockSkew", "PT10M", c -> c.limits().skew(), Duration.ofMinutes(10)),
                good("loginTimeout", "P1D", c -> c.limits().login(), Duration.ofDays(1)),
                good("maxPendingLogins", "1", Config::maxPendingLogins, 1),
                good("maxPendingLogins", "1000", Config::maxPendingLogins, 1000),
                good("httpTimeout", "PT0.5S", c -> c.limits().http(), Duration.ofMillis(500)));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aGoodValueIsReadAsItIsMeant(String parameter, String value, Look look, Object expected) {
        Config config = DeploymentBuilder.minimal().initParam(parameter, value).config();

        assertEquals(expected, look.apply(config));
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                arguments("issuer", "login.example.com", NOT_ABSOLUTE),
                arguments("issuer", "https:///realms", NOT_ABSOLUTE),
                arguments("issuer", "https://me@id.example.com", NOT_ABSOLUTE),
                arguments("issuer", "ftp://id.example.com", NOT_ABSOLUTE),
                arguments("issuer", "http://id.example.com", NOT_HTTPS),
                arguments("issuer", "http://localhost.id.example.com", NOT_HTTPS),
                arguments("issuer", "https://id.example.com?a=b", "write the issuer without query and fragment"),
                arguments("issuer", "https://id.example.com#a", "write the issuer without query and fragment"),
                arguments(
                        "issuer",
                        "https://id.example.com/.well-known/openid-configuration",
                        "write the issuer itself, which is the part before /.well-known/; where the metadata is elsewhere, name its address in metadataUrl"),
                arguments("issuer", "https://id.example.com/a b", "write a valid address: Illegal character in path"),
                arguments("metadataUrl", "/metadata", NOT_ABSOLUTE),
                arguments("metadataUrl", "https://x.example/#a", NO_FRAGMENT),
                arguments("authorizationEndpoint", "https://x.example/a#b", NO_FRAGMENT),
                arguments("tokenEndpoint", "http://x.example/t", NOT_HTTPS),
                arguments("jwksUri", "file:///etc/keys", NOT_ABSOLUTE),
                arguments("userinfoEndpoint", "x.example", NOT_ABSOLUTE),
                arguments("endSessionEndpoint", "javascript:alert(1)", NOT_ABSOLUTE),
                arguments("clientAuthentication", "basic", METHODS),
                arguments(
                        "clientAuthentication",
                        "client_secret_bassic",
                        METHODS + "; did you mean client_secret_basic?"),
                arguments("scope", "openid,email", "write scope names separated by spaces, not commas"),
                arguments("scope", "open\"id", "write scope names separated by spaces, without commas or quotes"),
                arguments("scope", "open\\id", "write scope names separated by spaces, without commas or quotes"),
                arguments("scope", "äpfel", "write scope names separated by spaces, without commas or quotes"),
                arguments("resource", "https://a.example api", "'api' is no absolute URI without fragment; write one"),
                arguments("resource", "urn:a#b", "'urn:a#b' is no absolute URI without fragment; write one"),
                arguments("responseMode", "fragment", MODES),
                arguments("responseMode", "post", MODES),
                arguments("authorizationParameters", "prompt", NOT_PAIRS),
                arguments("authorizationParameters", "prompt=login&", NOT_PAIRS),
                arguments("authorizationParameters", "=login", NOT_PAIRS),
                arguments(
                        "authorizationParameters",
                        "prompt=login&prompt=none",
                        "'prompt' may be given once (RFC 6749 section 3.1)"),
                arguments(
                        "authorizationParameters",
                        "a=%zz",
                        "a % must be followed by two hexadecimal digits; write %25 for % itself"),
                arguments("authorizationParameters", "a=b&state=x", reserved("state")),
                arguments("authorizationParameters", "%73tate=x", reserved("state")),
                arguments("authorizationParameters", "nonce=x", reserved("nonce")),
                arguments("authorizationParameters", "code_challenge=x", reserved("code_challenge")),
                arguments("authorizationParameters", "code_challenge_method=plain", reserved("code_challenge_method")),
                arguments("authorizationParameters", "redirect_uri=https://evil.example", reserved("redirect_uri")),
                arguments("authorizationParameters", "response_type=token", reserved("response_type")),
                arguments("userinfo", "sometimes", "write one of [always, auto, never]"),
                arguments("userinfo", "Auto", "write one of [always, auto, never]; did you mean auto?"),
                arguments("baseUrl", "www.example.com", NOT_ABSOLUTE),
                arguments("baseUrl", "http://www.example.com", NOT_HTTPS),
                arguments(
                        "baseUrl",
                        "https://www.example.com/?x",
                        "write origin and path alone, without query and fragment"),
                arguments("baseUrl", "https://www.example.com//", NOT_SHOWN_SO),
                arguments("baseUrl", "https://www.example.com//app", NOT_SHOWN_SO),
                arguments("baseUrl", "https://www.example.com/a/../b", NOT_SHOWN_SO),
                arguments("baseUrl", "https://www.example.com/a/%2e%2E", NOT_SHOWN_SO),
                arguments("baseUrl", "https://www.example.com:99999", NOT_ABSOLUTE),
                arguments("tokenEndpoint", "https://x.example:65536/t", NOT_ABSOLUTE),
                arguments("callbackPath", "callback", NOT_PLAIN_PATH),
                arguments("callbackPath", "/call back", NOT_PLAIN_PATH),
                arguments("callbackPath", "/call%20back", NOT_PLAIN_PATH),
                arguments("callbackPath", "/callback?x", NOT_PLAIN_PATH),
                arguments("callbackPath", "/callback;x", NOT_PLAIN_PATH),
                arguments("callbackPath", "/callback/*", NOT_PLAIN_PATH),
                arguments("callbackPath", "https://www.example.com/callback", NOT_PLAIN_PATH),
                arguments("callbackPath", "/callback/", NOT_OWN_PATH),
                arguments("loginPath", "/", NOT_OWN_PATH),
                arguments("loginPath", "//login", NOT_PLAIN_PATH),
                arguments("logoutPath", "/a/../logout", "write the path without . and .. in it"),
                arguments("afterLogoutPath", "goodbye", NOT_PLAIN_PATH),
                arguments("afterLogoutPath", "//evil.example", NOT_PLAIN_PATH),
                arguments("afterLogoutPath", "/./x", "write the path without . and .. in it"),
                arguments("publicPaths", "/a /*", "'/*' would make everything public; name what is to be"),
                arguments("publicPaths", "/**", "'/**' would make everything public; name what is to be"),
                arguments("publicPaths", "*", "'*' would make everything public; name what is to be"),
                arguments("publicPaths", "css/*", form("css/*")),
                arguments("publicPaths", "/css/*.png", form("/css/*.png")),
                arguments("publicPaths", "/a*", form("/a*")),
                arguments("publicPaths", "/a/**", form("/a/**")),
                arguments("publicPaths", "*.min.*", form("*.min.*")),
                arguments("publicPaths", "*./x", form("*./x")),
                arguments("publicPaths", "/a;b", NOT_PLAIN_PATH),
                arguments("publicPaths", "/a//b", NOT_PLAIN_PATH),
                arguments("publicPaths", "/a/../b", "write the path without . and .. in it"),
                arguments("rolesClaim", "groups userinfo:", "write the claim's name behind the colon"),
                arguments("idTokenSignedResponseAlg", "none", algorithms()),
                arguments("idTokenSignedResponseAlg", "HS512", algorithms()),
                arguments("idTokenSignedResponseAlg", "rs256", algorithms()),
                arguments(
                        "trustedCertificates",
                        "/no/such/file.pem",
                        "the file cannot be read (NoSuchFileException); name a PEM file"),
                arguments("allowInsecureHttp", "yes", "write one of [false, true]"),
                arguments("allowInsecureHttp", "TRUE", "write one of [false, true]; did you mean true?"),
                arguments("errorPage", "error.jsp", NOT_PLAIN_PATH),
                arguments("clockSkew", "60", NOT_DURATION),
                arguments("clockSkew", "PT-1S", "write a duration between PT0S and PT10M"),
                arguments("clockSkew", "PT11M", "write a duration between PT0S and PT10M"),
                arguments("loginTimeout", "10m", NOT_DURATION),
                arguments("loginTimeout", "PT0S", "write a duration between PT0.001S and PT24H"),
                arguments("loginTimeout", "P2D", "write a duration between PT0.001S and PT24H"),
                arguments("maxPendingLogins", "many", "write a whole number between 1 and 1000"),
                arguments("maxPendingLogins", "0", "write a whole number between 1 and 1000"),
                arguments("maxPendingLogins", "1001", "write a whole number between 1 and 1000"),
                arguments("maxPendingLogins", "9999999999", "write a whole number between 1 and 1000"),
                arguments("httpTimeout", "10 seconds", NOT_DURATION),
                arguments("httpTimeout", "PT6M", "write a duration between PT0.001S and PT5M"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void aBadValueIsNamedWithItsSourceAndItsMend(String parameter, String value, String mend) {
        String problem = DeploymentBuilder.minimal().initParam(parameter, value).problem();

        assertEquals(parameter + " = '" + value + "' (init-param " + parameter + "): " + mend, problem);
    }

    /** One that is quoted by its name alone can hold what the value itself shows escaped. */
    @ParameterizedTest
    @CsvSource({
        "authorizationParameters, a%0D%0Ab=c&a%0D%0Ab=d",
        "resource, a\u0000b\u202Ec",
        "publicPaths, css\u2029/*",
    })
    void aBadValueStaysOnItsLineAndShort(String parameter, String value) {
        for (String written :
                List.of(value, value.replace("a", "a".repeat(5000)).replace("css", "c".repeat(5000)))) {
            String problem =
                    DeploymentBuilder.minimal().initParam(parameter, written).problem();

            assertTrue(problem.chars().noneMatch(Character::isISOControl), problem);
            assertTrue(problem.length() < 1000, problem);
        }
    }

    @Test
    void aPathMayHaveAnyNumberOfSteps() {
        String path = "/a".repeat(50_000);

        assertEquals(
                path,
                DeploymentBuilder.minimal()
                        .initParam("callbackPath", path)
                        .config()
                        .paths()
                        .callback());
    }

    @ParameterizedTest
    @ValueSource(strings = {"//*", "/a//*"})
    void aPrefixThatNoPathCanHaveIsNoForm(String pattern) {
        assertEquals(
                "publicPaths = '" + pattern + "' (init-param publicPaths): " + form(pattern),
                DeploymentBuilder.minimal().initParam("publicPaths", pattern).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a,/b", "/a, /b", "*.css,*.js", "/a,*.js"})
    void publicPathsAreNotSeparatedByCommas(String patterns) {
        assertEquals(
                "publicPaths = '"
                        + patterns
                        + "' (init-param publicPaths): write patterns separated by spaces, not commas",
                DeploymentBuilder.minimal().initParam("publicPaths", patterns).problem());
    }

    @Test
    void anExtensionWithoutAnythingBehindTheDotIsNoForm() {
        assertEquals(
                "publicPaths = '*.' (init-param publicPaths): " + form("*."),
                DeploymentBuilder.minimal().initParam("publicPaths", "*.").problem());
    }

    @Test
    void plainHttpOffThisMachineNeedsToBeAllowedOpenly() {
        Config config = DeploymentBuilder.minimal()
                .initParam("issuer", "http://id.example.com")
                .initParam("baseUrl", "http://www.example.com")
                .initParam("allowInsecureHttp", "true")
                .config();

        assertEquals("http://id.example.com", config.provider().issuer());
        assertEquals(Optional.of("http://www.example.com"), config.baseUrl());
    }

    @Test
    void certificatesAreReadFromTheFileThatIsNamed(@TempDir Path folder) {
        Path file = TestTls.writeCaPem(folder.resolve("ca.pem"));

        assertTrue(trustsMore("trustedCertificates", file.toString()));
        assertTrue(trustsMore("trustedCertificatesFile", file.toString()));
        assertFalse(DeploymentBuilder.minimal().config().tls().context().isPresent());
    }

    @Test
    void certificatesMayHaveWordsBeforeThem(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "# our own authority\n" + TestTls.caPem());

        assertTrue(trustsMore("trustedCertificates", file.toString()));
        assertTrue(trustsMore("trustedCertificatesFile", file.toString()));
    }

    @Test
    void certificatesMayHaveWordsBeforeThemThatLookLikeABinaryOne(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "0 s:CN=our own authority\n" + TestTls.caPem());

        assertTrue(trustsMore("trustedCertificates", file.toString()));
    }

    @Test
    void aFileWithoutCertificatesIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("empty.pem"), "no certificate");

        assertEquals(
                "trustedCertificates = '"
                        + file
                        + "' (init-param trustedCertificates): the file holds no certificates that can be read; name a"
                        + " PEM file",
                DeploymentBuilder.minimal()
                        .initParam("trustedCertificates", file.toString())
                        .problem());
    }

    private static boolean trustsMore(String parameter, String value) {
        return DeploymentBuilder.minimal()
                .initParam(parameter, value)
                .config()
                .tls()
                .context()
                .isPresent();
    }

    private static Arguments good(String parameter, String value, Look look, Object expected) {
        return arguments(parameter, value, look, expected);
    }

    private static Optional<URI> uri(String text) {
        return Optional.of(URI.create(text));
    }

    private static String reserved(String name) {
        return "'" + name + "' is the filter's own and cannot be given here; remove it";
    }

    private static String form(String pattern) {
        return "'" + pattern + "' is none of the forms: /, /an/exact/path, /prefix/*, *.ext";
    }

    private static String algorithms() {
        return "write the one algorithm that the client is registered for: HS256, or one of [ES256, ES384, ES512,"
                + " Ed25519, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512]";
    }
}
