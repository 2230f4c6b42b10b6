package io.github.pkceauth.testkit;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider on a real socket, honest by default, whose every message can be bent: {@code
 * provider.idToken().withAudience("someone-else")}. It knows one client, which is public until it is
 * given a secret, and takes any redirect URI until some are registered. Thread-safe.
 */
public final class ScriptedProvider implements AutoCloseable {
    /** The authorization endpoint's path. */
    public static final String AUTHORIZE = "/authorize";

    /** The token endpoint's path. */
    public static final String TOKEN = "/token";

    /** The key set's path. */
    public static final String JWKS = "/jwks";

    /** The userinfo endpoint's path. */
    public static final String USERINFO = "/userinfo";

    /** The end session endpoint's path. */
    public static final String LOGOUT = "/logout";

    /** The revocation endpoint's path. */
    public static final String REVOKE = "/revoke";

    /** The path of the endpoint for pushed authorization requests. */
    public static final String PAR = "/par";

    /** A protected resource's path: an application's own calls go there. */
    public static final String RESOURCE = "/resource";

    private static final Map<Integer, Honesty> RUNNING = new ConcurrentHashMap<>();

    private final WireServer server;
    private final @Nullable WireServer mtlsServer;
    private final String scheme;
    private volatile String host = "127.0.0.1";
    private final Honesty honesty = new Honesty();
    private final RequestLog requests = new RequestLog();

    private final PlainEndpoint everywhere = new PlainEndpoint();
    private final PlainEndpoint revocation = new PlainEndpoint();
    private final JsonEndpoint metadata = new JsonEndpoint();
    private final JsonEndpoint openidMetadata = new JsonEndpoint();
    private final JsonEndpoint oauthMetadata = new JsonEndpoint();
    private final JsonEndpoint jwks = new JsonEndpoint();
    private final JsonEndpoint pushed = new JsonEndpoint();
    private final JsonEndpoint token = new JsonEndpoint();
    private final JsonEndpoint refresh = new JsonEndpoint();
    private final JsonEndpoint userinfo = new JsonEndpoint();
    private final JsonEndpoint resource = new JsonEndpoint();
    private final RedirectEndpoint authorization = new RedirectEndpoint();
    private final RedirectEndpoint logout = new RedirectEndpoint();
    private final TokenScript authorizationJwt = new TokenScript();
    private final TokenScript userinfoJwt = new TokenScript();
    private final TokenScript idToken = new TokenScript();
    private final TokenScript refreshedIdToken = new TokenScript();
    private final TokenScript accessToken = new TokenScript();
    private final TokenScript logoutToken = new TokenScript();

    private ScriptedProvider(@Nullable SSLContext tls, @Nullable SSLContext mutualTls) {
        scheme = tls == null ? "http" : "https";
        ProviderRoutes routes = new ProviderRoutes(this);
        server = WireServer.start(tls, routes);
        RUNNING.put(server.port(), honesty);
        mtlsServer = mutualTls == null ? null : WireServer.startAskingForCertificates(mutualTls, routes);
        if (mtlsServer != null) {
            RUNNING.put(mtlsServer.port(), honesty);
        }
    }

    /** A provider on a free port of 127.0.0.1, with alice signed in. */
    public static ScriptedProvider start() {
        return new ScriptedProvider(null, null);
    }

    /** The same over TLS. */
    public static ScriptedProvider overTls(TestTls identity) {
        return new ScriptedProvider(identity.serverContext(), null);
    }

    /**
     * The same over TLS, with a second port that asks clients for certificates and serves them without one as
     * well: the metadata's {@code mtls_endpoint_aliases} lead there. Tokens that are asked for there with a
     * certificate are bound to it, RFC 8705, unless DPoP is required.
     */
    public static ScriptedProvider overMutualTls(TestTls identity) {
        return new ScriptedProvider(identity.serverContext(), identity.serverContext());
    }

    // Who and where it is

    /** The issuer identifier; the port is of the running server. */
    public String issuer() {
        return address(honesty.issuerPath);
    }

    /** The address of one of its paths. */
    public String address(String path) {
        return scheme + "://" + host + ":" + server.port() + path;
    }

    /** The address of one of its paths at the port that asks for certificates; fails the test where there is none. */
    public String mtlsAddress(String path) {
        if (mtlsServer == null) {
            throw new AssertionError("This provider asks for no certificates");
        }
        return "https://" + host + ":" + mtlsServer.port() + path;
    }

    /** Calls itself by another name for this machine, such as localhost. */
    public ScriptedProvider calledBy(String otherHost) {
        host = otherHost;
        return this;
    }

    /** Puts a path behind the issuer, such as {@code /realms/demo}, or just {@code /}. */
    public ScriptedProvider withIssuerPath(String path) {
        honesty.issuerPath = path;
        return this;
    }

    /** Serves one of its endpoints at a further path, such as the one that a product has for it. */
    public ScriptedProvider withPath(String endpoint, String path) {
        honesty.furtherPaths.put(path, endpoint);
        return this;
    }

    /** The client's id. */
    public String clientId() {
        return honesty.clientId;
    }

    /** The client's secret, empty for a public client. */
    public String clientSecret() {
        return honesty.clientSecret;
    }

    /** Calls the client by another id. */
    public ScriptedProvider withClientId(String id) {
        honesty.clientId = id;
        return this;
    }

    /** Makes the client confidential. */
    public ScriptedProvider withClientSecret(String secret) {
        honesty.clientSecret = secret;
        honesty.grants.learn(SecretKind.CLIENT_SECRET, secret);
        return this;
    }

    /**
     * Makes the client one of {@code private_key_jwt}, with these public keys registered: that is the only way
     * in which it may authenticate from now on.
     */
    public ScriptedProvider withClientKey(SigningKey... keys) {
        honesty.assurance.clientKeys =
                List.of(keys).stream().map(SigningKey::publicJwk).toList();
        return this;
    }

    /** Makes the client one of {@code client_secret_jwt}, HS256 with the client secret, and nothing else. */
    public ScriptedProvider withSecretJwt() {
        honesty.assurance.secretJwt = true;
        return this;
    }

    /**
     * Makes the client one of {@code tls_client_auth}, or of {@code self_signed_tls_client_auth} where nobody
     * else has signed the certificate: it authenticates by this one, and by nothing else.
     */
    public ScriptedProvider withClientCertificate(TestTls certificate) {
        honesty.assurance.clientCertificate = certificate;
        return this;
    }

    /** Gives tokens only to clients that show a certificate, whatever they authenticate by. */
    public ScriptedProvider requiringCertificates() {
        honesty.assurance.requiresCertificates = true;
        return this;
    }

    /** From now on takes only registered addresses as redirect URI, after logout too. */
    public ScriptedProvider registers(String... redirectUris) {
        honesty.registeredUris.addAll(List.of(redirectUris));
        return this;
    }

    // Honest variety

    /** Makes somebody the signed-in user, with a fresh session at the provider. */
    public ScriptedProvider signInAs(String name) {
        honesty.signIn(TestUser.named(name));
        return this;
    }

    /** Makes somebody the signed-in user, with more claims in the ID token and in userinfo. */
    public ScriptedProvider signInAs(String name, Map<String, Object> claims) {
        TestUser plain = TestUser.named(name);
        Map<String, Object> idTokenClaims = new LinkedHashMap<>(plain.idTokenClaims());
        Map<String, Object> userinfoClaims = new LinkedHashMap<>(plain.userinfoClaims());
        idTokenClaims.putAll(claims);
        userinfoClaims.putAll(claims);
        honesty.signIn(new TestUser(plain.subject(), idTokenClaims, userinfoClaims));
        return this;
    }

    /** Asks by a form before it sends the browser back, so that a page of its own leads there. */
    public ScriptedProvider withLoginForm() {
        honesty.showsLoginForm = true;
        return this;
    }

    /** Sends the browser back at once, as when the user is signed in there; forms that are shown stay good. */
    public ScriptedProvider withoutLoginForm() {
        honesty.showsLoginForm = false;
        return this;
    }

    /**
     * Signs users in by these authentication context classes, and says by which: by the first unless {@code
     * acr_values} asks for another. Without a word of this it does not say.
     */
    public ScriptedProvider withAcrs(String... classes) {
        honesty.acrs = List.of(classes);
        honesty.signedIn = honesty.signedIn.by(classes[0]);
        return this;
    }

    /** Has the present session begun that long ago. */
    public ScriptedProvider signedInBefore(Duration age) {
        honesty.signedIn = honesty.signedIn.at(Instant.now().minus(age).getEpochSecond());
        return this;
    }

    /** Takes {@code acr_values} for a wish, as OpenID Connect Core 1.0 section 3.1.2.1 allows, and does not grant it. */
    public ScriptedProvider ignoringAcrValues() {
        honesty.heedsAcrValues = false;
        return this;
    }

    /** Goes on with the session that it has, whatever {@code max_age} says. */
    public ScriptedProvider ignoringMaxAge() {
        honesty.heedsMaxAge = false;
        return this;
    }

    /** Neither advertises nor sends the {@code iss} parameter of RFC 9207. */
    public ScriptedProvider withoutIssParameter() {
        honesty.saysIss = false;
        return this;
    }

    /** Says nothing in its metadata of the revocation endpoint, which answers all the same. */
    public ScriptedProvider withoutRevocation() {
        honesty.saysRevocation = false;
        return this;
    }

    /** Signs by this algorithm, and says so in its metadata. HMAC takes the client secret. */
    public ScriptedProvider signingBy(JWSAlgorithm algorithm) {
        honesty.signingAlgorithm = algorithm;
        return this;
    }

    /** Encrypts ID tokens, signed before, to this key of the client, and says so in its metadata. */
    public ScriptedProvider encryptingIdTokensTo(JWK publicKey, JWEAlgorithm algorithm, EncryptionMethod method) {
        honesty.assurance.idTokens = new Encryption(publicKey, algorithm, method);
        return this;
    }

    /** Signs userinfo, and says so in its metadata. */
    public ScriptedProvider withSignedUserinfo() {
        honesty.assurance.signsUserinfo = true;
        return this;
    }

    /** Encrypts userinfo, signed before or not, to this key of the client, and says so in its metadata. */
    public ScriptedProvider encryptingUserinfoTo(JWK publicKey, JWEAlgorithm algorithm, EncryptionMethod method) {
        honesty.assurance.userinfo = new Encryption(publicKey, algorithm, method);
        return this;
    }

    /** Issues access tokens that are signed JWTs, with the roles in them. */
    public ScriptedProvider withJwtAccessTokens() {
        honesty.jwtAccessTokens = true;
        return this;
    }

    /** Takes pushed authorization requests, RFC 9126, and says so in its metadata. */
    public ScriptedProvider withPushedRequests() {
        honesty.assurance.pushed.taken = true;
        return this;
    }

    /** Takes pushed authorization requests, and no others, and says so in its metadata. */
    public ScriptedProvider requiringPushedRequests() {
        honesty.assurance.pushed.required = true;
        return withPushedRequests();
    }

    /**
     * Takes signed requests, RFC 9101, in the address and in pushed requests, and says so in its metadata.
     *
     * @param keys the client's registered keys for them; where there are none, those it authenticates by
     */
    public ScriptedProvider withRequestObjects(SigningKey... keys) {
        RequestObjects objects = honesty.assurance.requestObjects;
        objects.ownKeys = List.of(keys).stream().map(SigningKey::publicJwk).toList();
        objects.taken = true;
        return this;
    }

    /** Takes signed requests, and no others, and says so in its metadata. */
    public ScriptedProvider requiringRequestObjects(SigningKey... keys) {
        honesty.assurance.requestObjects.required = true;
        return withRequestObjects(keys);
    }

    /** How long pushed requests wait from now on; {@link Duration#ZERO} makes them expired from the start. */
    public ScriptedProvider withPushedRequestsFor(Duration life) {
        honesty.assurance.pushed.life = life;
        return withPushedRequests();
    }

    /**
     * Gives tokens only to whoever proves a key, RFC 9449, binds them to it, and says so in its metadata. Codes
     * are bound where the authorization request names the key, or a proof comes with the pushed request.
     */
    public ScriptedProvider requiringDpop() {
        honesty.assurance.dpop.required = true;
        return this;
    }

    /**
     * Wants its own nonces in all proofs: the last of the authorization server's, or the one before, at the
     * pushed request and the token endpoint, and the resource server's at userinfo and the resource.
     */
    public ScriptedProvider withDpopNonces() {
        honesty.assurance.dpop.wantsNonces = true;
        return requiringDpop();
    }

    /** How long access tokens live from now on; {@link Duration#ZERO} makes them expired from the start. */
    public ScriptedProvider withAccessTokensFor(Duration life) {
        honesty.accessTokenLife = life;
        return this;
    }

    /** How long ID tokens live from now on. */
    public ScriptedProvider withIdTokensFor(Duration life) {
        honesty.idTokenLife = life;
        return this;
    }

    /** Gives out no refresh tokens from now on; those that it has given out stay as they are. */
    public ScriptedProvider withoutRefreshTokens() {
        honesty.issuesRefreshTokens = false;
        return this;
    }

    /** Lets a refresh token be used again and again, and sends none with the answer to a refresh. */
    public ScriptedProvider withoutRotation() {
        honesty.rotatesRefreshTokens = false;
        return this;
    }

    /** Refuses a refresh token that comes a second time, and leaves it at that: the others stay good. */
    public ScriptedProvider withoutReuseDetection() {
        honesty.grants.refreshTokens().forgiveReuse();
        return this;
    }

    /** Sends no ID token with the answer to a refresh, as OpenID Connect Core 1.0 section 12.2 allows. */
    public ScriptedProvider withoutIdTokenAtRefresh() {
        honesty.refreshesIdTokens = false;
        return this;
    }

    /** Signs with a new key from now on, and publishes it in place of the old one. */
    public ScriptedProvider rotateKeys() {
        honesty.keys.rotate();
        return this;
    }

    /** The keys, to publish more of them or fewer. */
    public ProviderKeys keys() {
        return honesty.keys;
    }

    // What can be bent

    /** The metadata, at both of its locations. */
    public JsonEndpoint metadata() {
        return metadata;
    }

    /** The metadata at OpenID Connect's location. */
    public JsonEndpoint openidMetadata() {
        return openidMetadata;
    }

    /** The metadata at RFC 8414's location. */
    public JsonEndpoint oauthMetadata() {
        return oauthMetadata;
    }

    /** The key set. */
    public JsonEndpoint jwks() {
        return jwks;
    }

    /** The authorization response; where it is signed, the one parameter that holds it. */
    public RedirectEndpoint authorization() {
        return authorization;
    }

    /** The signed authorization response, where the client asks for one. */
    public TokenScript authorizationJwt() {
        return authorizationJwt;
    }

    /** The answer to a pushed authorization request. */
    public JsonEndpoint pushed() {
        return pushed;
    }

    /** The token response, except to a refresh: that has {@link #refresh()}, for this one to leave alone. */
    public JsonEndpoint token() {
        return token;
    }

    /** The token response to a refresh, and to nothing else. */
    public JsonEndpoint refresh() {
        return refresh;
    }

    /** The ID token within the token response at a login. */
    public TokenScript idToken() {
        return idToken;
    }

    /** The ID token within the token response to a refresh. */
    public TokenScript refreshedIdToken() {
        return refreshedIdToken;
    }

    /** The access token, where it is a JWT. */
    public TokenScript accessToken() {
        return accessToken;
    }

    /** The logout token, OpenID Connect Back-Channel Logout 1.0 section 2.4. */
    public TokenScript logoutToken() {
        return logoutToken;
    }

    /** The userinfo response. */
    public JsonEndpoint userinfo() {
        return userinfo;
    }

    /** The userinfo response, where it is signed; its claims are bent before by {@link #userinfo()}. */
    public TokenScript userinfoJwt() {
        return userinfoJwt;
    }

    /** The revocation endpoint, whose honest answer is empty. */
    public PlainEndpoint revocation() {
        return revocation;
    }

    /** The protected resource, which says {@code hello} to the subject of a good access token. */
    public JsonEndpoint resource() {
        return resource;
    }

    /** The way back from the end session endpoint. */
    public RedirectEndpoint logout() {
        return logout;
    }

    /** Faults that befall every endpoint, as when the whole provider is down. */
    public PlainEndpoint everywhere() {
        return everywhere;
    }

    /** Forgets all that was bent; keys and honest settings stay. */
    public ScriptedProvider behaves() {
        List.of(metadata, openidMetadata, oauthMetadata, jwks, pushed, token, refresh, userinfo, resource)
                .forEach(EndpointScript::behaves);
        List.of(authorization, logout).forEach(EndpointScript::behaves);
        List.of(everywhere, revocation).forEach(EndpointScript::behaves);
        authorizationJwt.behaves();
        userinfoJwt.behaves();
        idToken.behaves();
        refreshedIdToken.behaves();
        accessToken.behaves();
        logoutToken.behaves();
        return this;
    }

    // What it does by itself

    /** Ends all refresh tokens, as when an administrator ends the sessions; access tokens live on. */
    public void endsGrants() {
        grants().refreshTokens().endAll();
    }

    /** Takes none of the nonces any more that it has given out for DPoP proofs. */
    public void renewsDpopNonces() {
        honesty.assurance.dpop.authorizationServer.forget();
        honesty.assurance.dpop.resourceServer.forget();
    }

    /** Posts a new logout token about its present session to this address, and hands back the answer. */
    public Page sendsLogoutToken(String url) {
        return logoutNotice().sentTo(url);
    }

    /** A logout token to be, about its present session unless told otherwise, for sending in any way. */
    public LogoutNotice logoutNotice() {
        Honesty.SignedIn session = honesty.signedIn;
        return new LogoutNotice(this, session.user().subject(), session.sid());
    }

    /**
     * The address that it has browsers load to end its present session, OpenID Connect Front-Channel
     * Logout 1.0 section 2.
     */
    public String frontChannelLogout(String url) {
        return Parameters.none().plus("iss", issuer()).plus("sid", sid()).appendTo(url);
    }

    // What can be seen

    /** The subject of the present session. */
    public String subject() {
        return honesty.signedIn.user().subject();
    }

    /** The id of the present session: each sign-in, also of the same user, makes another. */
    public String sid() {
        return honesty.signedIn.sid();
    }

    /** All requests so far, in order of arrival. */
    public List<RecordedRequest> requests() {
        return requests.all();
    }

    /** The requests to this path so far. */
    public List<RecordedRequest> requests(String path) {
        return requests.to(path);
    }

    /** The only request to this path; fails the test when there is none, or more than one. */
    public RecordedRequest request(String path) {
        return requests.only(path);
    }

    /** How many requests to this path there have been. */
    public int calls(String path) {
        return requests.to(path).size();
    }

    /** How many requests for metadata there have been, at either location. */
    public int metadataCalls() {
        return requests.where(request -> request.path().contains("/.well-known/"))
                .size();
    }

    /** How many refreshes have been asked for, with or without success. */
    public int refreshCalls() {
        return requests.where(request -> request.path().equals(TOKEN) && TokenService.isRefresh(request))
                .size();
    }

    /** How often a refresh token has come that was used up; unless told otherwise, that ends its family. */
    public int reuses() {
        return grants().refreshTokens().reuses();
    }

    /**
     * Whether this very token has been revoked on request. An access token that has fallen with its
     * refresh token is not: that one shows at the resource.
     */
    public boolean isRevoked(String token) {
        return grants().isRevoked(token);
    }

    /** The parameters of the latest authorization request as the browser brought them; fails the test when there is none. */
    public Parameters lastAuthorizationRequest() {
        return requests.last(AUTHORIZE).parameters();
    }

    /** The form of the latest pushed request, be it refused; fails the test when there is none. */
    public Parameters pushedRequest() {
        return requests.last(PAR).form();
    }

    /** The claims of the latest signed request, be it refused; fails the test when there is none. */
    public Map<String, Object> requestObject() {
        RecordedRequest latest = requests.last(
                request ->
                        honesty.takesRequests(request) && request.parameters().has("request"),
                "No signed request");
        return ReceivedJwt.parse(latest.parameters().get("request")).claims();
    }

    /** The assertions by which the client has authenticated at this path, good or bad. */
    public List<ReceivedJwt> clientAssertions(String path) {
        return requests(path).stream()
                .flatMap(request -> request.form().all("client_assertion").stream())
                .map(ReceivedJwt::parse)
                .toList();
    }

    /** The DPoP proofs that have come to this path, good or bad. */
    public List<ReceivedJwt> dpopProofs(String path) {
        return requests(path).stream()
                .flatMap(request -> request.headers().all("DPoP").stream())
                .map(ReceivedJwt::parse)
                .toList();
    }

    /** Every code, token, secret and code verifier so far: nothing of it may stand in a log. */
    public List<String> secrets() {
        return honesty.grants.secrets();
    }

    @Override
    public void close() {
        RUNNING.remove(server.port());
        server.close();
        if (mtlsServer != null) {
            RUNNING.remove(mtlsServer.port());
            mtlsServer.close();
        }
    }

    // For the services

    /** Whether a provider runs at this port. */
    static boolean isAt(int port) {
        return RUNNING.containsKey(port);
    }

    /** The endpoint's own path that is meant by a path at this port. */
    static String endpointAt(int port, String path) {
        Honesty provider = RUNNING.get(port);
        return provider == null ? path : provider.endpoint(path);
    }

    boolean hasMutualTls() {
        return mtlsServer != null;
    }

    /** The address that a request has come to, without its query. */
    String addressOf(RecordedRequest request) {
        boolean main = request.port() == server.port();
        return main ? address(request.path()) : mtlsAddress(request.path());
    }

    void record(RecordedRequest request) {
        Eavesdropper.RUN.requested(request, honesty.endpoint(request.path()));
        requests.add(request);
    }

    Honesty honesty() {
        return honesty;
    }

    Grants grants() {
        return honesty.grants;
    }
}
