package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.pkceauth.example.launcher.provider.DevelopmentProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider on its own, asked as a relying party and a browser would ask it. */
class DevelopmentProviderTest {

    // RFC 7636, Appendix B.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String PKCE = "&code_challenge=" + CHALLENGE + "&code_challenge_method=S256";

    private static HttpServerStub application;
    private static Listener listener;
    private static URI issuer;
    private static DevelopmentProvider provider;

    @BeforeAll
    static void start() throws Exception {
        application = HttpServerStub.start();
        listener = Listener.open("provider", "PROVIDER_PORT", "127.0.0.1", 0);
        issuer = listener.uri("127.0.0.1", "");
        provider = DevelopmentProvider.forApplicationAt(application.port(), issuer);
        listener.start(provider.handler());
    }

    @AfterAll
    static void stop() throws Exception {
        listener.close();
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void isTheSameProviderUnderBothNames(String host) throws Exception {
        Map<String, Object> metadata = json(new Browser().fetch(at(host, "/.well-known/openid-configuration")));

        assertEquals(issuer.toString(), metadata.get("issuer"));
        assertEquals(List.of("S256"), metadata.get("code_challenge_methods_supported"));
        assertEquals(List.of("openid", "profile", "email"), metadata.get("scopes_supported"));
        assertEquals(issuer + "/connect/logout", metadata.get("end_session_endpoint"));
    }

    @Test
    void secretAndKeysAreNewAtEachStart() throws Exception {
        DevelopmentProvider another = DevelopmentProvider.forApplicationAt(application.port(), issuer);

        assertNotEquals(
                provider.filterParameters().get("pkce.clientSecret"),
                another.filterParameters().get("pkce.clientSecret"));
    }

    @Test
    void aRequestWithoutChallengeIsRefusedBeforeAnybodySignsIn() throws Exception {
        Page page = new Browser().open(authorize("127.0.0.1", "one", ""));

        assertEquals("/callback", page.uri().getPath());
        assertTrue(
                page.uri().getQuery().contains("error=invalid_request"),
                page.uri().getQuery());
        assertTrue(page.uri().getQuery().contains("code_challenge"), page.uri().getQuery());
    }

    @Test
    void aPlainChallengeIsRefused() throws Exception {
        Page page = new Browser()
                .open(authorize("127.0.0.1", "one", "&code_challenge=" + CHALLENGE + "&code_challenge_method=plain"));

        assertTrue(
                page.uri().getQuery().contains("error=invalid_request"),
                page.uri().getQuery());
    }

    @Test
    void whoIsNotSignedInIsShownNothingWhereNothingIsToBeShown() throws Exception {
        Page page = new Browser().open(authorize("127.0.0.1", "one%26two", PKCE + "&prompt=none"));

        assertEquals("/callback", page.uri().getPath());
        assertEquals("login_required", parameter(page.uri(), "error"));
        assertEquals("one%26two", parameter(page.uri(), "state"));
    }

    @Test
    void nobodyIsSentElsewhereByThat() throws Exception {
        for (String redirectUri :
                List.of("https%3A%2F%2Fevil.example%2Fcallback", "http%3A%2F%2Flocalhost%2Fcallback")) {
            Page page = new Browser()
                    .open(issuer.resolve("/oauth2/authorize?response_type=code&client_id=example-webapp&scope=openid"
                            + "&prompt=none&redirect_uri=" + redirectUri + PKCE));

            assertEquals(issuer.getPort(), page.uri().getPort());
        }
    }

    @Test
    void anUnknownRedirectUriEndsInAPageHere() throws Exception {
        Page page = new Browser()
                .open(issuer.resolve("/oauth2/authorize?response_type=code&client_id=example-webapp&scope=openid"
                        + "&redirect_uri=https%3A%2F%2Fevil.example%2Fcallback" + PKCE));

        assertEquals(400, page.status());
        assertTrue(page.has("redirect_uri"), page.body());
    }

    @Test
    void aWrongPasswordIsRefusedAndTheRequestIsNotLost() throws Exception {
        Browser browser = new Browser();
        Page form = browser.open(authorize("127.0.0.1", "one", PKCE));

        Page again = browser.submit(signIn(form, "alice", "bob"));
        assertEquals("/login", again.uri().getPath());
        assertTrue(again.has("User name or password is wrong."), again.body());

        Page callback = browser.submit(signIn(again, "alice", "alice"));
        assertEquals("one", parameter(callback.uri(), "state"));
        assertFalse(parameter(callback.uri(), "code").isEmpty());
    }

    @Test
    void aPostWithoutTheFormsTokenSignsNobodyIn() throws Exception {
        Browser browser = new Browser();
        Page form = browser.open(authorize("127.0.0.1", "one", PKCE));

        Page page = browser.submit(signIn(form, "alice", "alice").with("_csrf", "forged"));

        assertEquals("/login", page.uri().getPath());
        assertTrue(page.has("name=\"password\""), page.body());
    }

    @Test
    void twoTabsAtTheFormGoBackToTheirOwnRequests() throws Exception {
        Browser browser = new Browser();
        Page one = browser.open(authorize("127.0.0.1", "one", PKCE));
        Page two = browser.open(authorize("127.0.0.1", "two", PKCE));

        assertEquals(
                "one", parameter(browser.submit(signIn(one, "alice", "alice")).uri(), "state"));
        assertEquals(
                "two", parameter(browser.submit(signIn(two, "alice", "alice")).uri(), "state"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/oauth2/authorizeX?", "javascript:alert(1)"})
    void theFormGoesOnToAuthorizationRequestsOnly(String target) throws Exception {
        Browser browser = new Browser();
        Page form =
                browser.open(issuer.resolve("/login?continue=" + URLEncoder.encode(target, StandardCharsets.UTF_8)));

        Page page = browser.submit(signIn(form, "bob", "bob"));

        assertEquals(issuer.resolve("/"), page.uri());
        assertTrue(page.has("<b>bob</b> is signed in here"), page.body());
    }

    @Test
    void theFormLoadsNothingFromElsewhere() throws Exception {
        Page form = new Browser().open(issuer.resolve("/login"));

        assertFalse(form.has("://"), form.body());
        assertTrue(form.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .startsWith("default-src 'none'; style-src 'self'"));
        assertEquals(200, new Browser().fetch(issuer.resolve("/style.css")).statusCode());
    }

    @Test
    void itsCookieIsItsOwnAndNotForScripts() throws Exception {
        Browser browser = new Browser();
        browser.open(issuer.resolve("/login"));

        assertEquals(1, browser.cookies().size());
        Cookie cookie = browser.cookies().get(0);
        assertEquals("PROVIDER_SESSION", cookie.name());
        assertEquals("lax", cookie.sameSite());
        assertTrue(cookie.httpOnly());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void aCodeBecomesTokensThatTellOfTheUser(String applicationHost) throws Exception {
        Map<String, Object> tokens = signInAndRedeem(applicationHost, "alice");

        JWTClaimsSet claims = idToken(tokens);
        assertEquals("alice", claims.getSubject());
        assertEquals(issuer.toString(), claims.getIssuer());
        assertEquals(List.of("example-webapp"), claims.getAudience());
        assertEquals(List.of("admin"), claims.getStringListClaim("roles"));
        assertEquals("Alice Adams", claims.getStringClaim("name"));
        assertEquals("alice", claims.getStringClaim("preferred_username"));
        assertEquals("alice@example.com", claims.getStringClaim("email"));
        assertFalse(claims.getStringClaim("sid").isEmpty());
        Map<String, Object> userInfo = json(get("/userinfo", "Bearer " + tokens.get("access_token")));
        assertEquals("alice", userInfo.get("sub"));
        assertEquals(List.of("admin"), userInfo.get("roles"));
    }

    @Test
    void bobHasNoRoles() throws Exception {
        assertEquals(List.of(), idToken(signInAndRedeem("localhost", "bob")).getStringListClaim("roles"));
    }

    @Test
    void userInfoWithoutATokenIsRefusedAndNotALoginForm() throws Exception {
        assertEquals(401, get("/userinfo", "Bearer nonsense").statusCode());
        assertEquals(401, new Browser().fetch(issuer.resolve("/userinfo")).statusCode());
    }

    @Test
    void refreshTokensAreRotated() throws Exception {
        String first = (String) signInAndRedeem("localhost", "alice").get("refresh_token");

        Map<String, Object> refreshed = json(token("grant_type=refresh_token&refresh_token=" + first));
        assertNotEquals(first, refreshed.get("refresh_token"));
        assertEquals("alice", idToken(refreshed).getSubject());
        assertEquals(
                400, token("grant_type=refresh_token&refresh_token=" + first).statusCode());
    }

    @Test
    void accessTokensLastForAFewMinutes() throws Exception {
        String accessToken = (String) signInAndRedeem("localhost", "alice").get("access_token");

        JWTClaimsSet claims = SignedJWT.parse(accessToken).getJWTClaimsSet();
        assertEquals(
                Duration.ofMinutes(5),
                Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()));
    }

    @Test
    void revokedTokensAreOfNoMoreUse() throws Exception {
        Map<String, Object> tokens = signInAndRedeem("localhost", "alice");

        HttpResponse<String> revoked =
                post("/oauth2/revoke", "token_type_hint=refresh_token&token=" + tokens.get("refresh_token"));

        assertEquals(200, revoked.statusCode());
        assertEquals(
                400,
                token("grant_type=refresh_token&refresh_token=" + tokens.get("refresh_token"))
                        .statusCode());
        assertEquals(
                401, get("/userinfo", "Bearer " + tokens.get("access_token")).statusCode());
    }

    @Test
    void logoutEndsTheSessionHereAndReturnsToTheApplication() throws Exception {
        Browser browser = new Browser();
        Page form = browser.open(authorize("localhost", "one", PKCE));
        Page callback = browser.submit(signIn(form, "alice", "alice"));
        Map<String, Object> tokens = redeem("localhost", parameter(callback.uri(), "code"));

        Page after = browser.open(issuer.resolve("/connect/logout?id_token_hint=" + tokens.get("id_token")
                + "&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A" + application.port() + "%2F&state=bye"));

        assertEquals(URI.create("http://localhost:" + application.port() + "/?state=bye"), after.uri());
        assertEquals(
                "/login",
                browser.open(authorize("localhost", "two", PKCE)).uri().getPath());
    }

    private static Map<String, Object> signInAndRedeem(String applicationHost, String user) throws Exception {
        Browser browser = new Browser();
        Page form = browser.open(authorize(applicationHost, "one", PKCE));
        Page callback = browser.submit(signIn(form, user, user));
        return redeem(applicationHost, parameter(callback.uri(), "code"));
    }

    private static Map<String, Object> redeem(String applicationHost, String code) throws Exception {
        return json(token("grant_type=authorization_code&code=" + code + "&code_verifier=" + VERIFIER + "&redirect_uri="
                + URLEncoder.encode(redirectUri(applicationHost), StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> token(String form) throws IOException, InterruptedException {
        return post("/oauth2/token", form);
    }

    private static HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        Map<String, String> client = provider.filterParameters();
        String credentials = client.get("pkce.clientId") + ":" + client.get("pkce.clientSecret");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(issuer.resolve(path))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path, String authorization)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(issuer.resolve(path))
                                .header("Authorization", authorization)
                                .build(),
                        BodyHandlers.ofString());
    }

    private static Page.Form signIn(Page page, String user, String password) {
        return page.form("/login").with("username", user).with("password", password);
    }

    private static URI authorize(String applicationHost, String state, String more) {
        return issuer.resolve("/oauth2/authorize?response_type=code&client_id=example-webapp"
                + "&scope=openid%20profile%20email&state=" + state + "&redirect_uri="
                + URLEncoder.encode(redirectUri(applicationHost), StandardCharsets.UTF_8) + more);
    }

    private static String redirectUri(String applicationHost) {
        return "http://" + applicationHost + ":" + application.port() + "/callback";
    }

    private static URI at(String host, String path) {
        return listener.uri(host, path);
    }

    private static Map<String, Object> json(HttpResponse<String> response) throws Exception {
        assertEquals(200, response.statusCode(), response.body());
        return JSONObjectUtils.parse(response.body());
    }

    private static JWTClaimsSet idToken(Map<String, Object> tokens) throws Exception {
        return SignedJWT.parse((String) tokens.get("id_token")).getJWTClaimsSet();
    }

    private static String parameter(URI uri, String name) {
        Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(uri.toString());
        assertTrue(matcher.find(), uri + " has no " + name);
        return matcher.group(1);
    }
}
