package io.github.pkceauth.config;

import java.util.Locale;
import java.util.Optional;

/**
 * The table of parameters, and the only place that lists them: the reader, the hints for mistyped
 * names and the README's table are made from it.
 */
public enum Param {
    ISSUER(
            "issuer",
            "required",
            "issuer identifier of the provider, compared exactly and never normalised. A plain OAuth 2.0"
                    + " server without one: its https origin, used as a name"),
    TENANTS(
            "tenants",
            "none",
            "where `issuer` has `{tenantid}` in it, as Entra ID's metadata for many tenants: the ids of the tenants whose"
                    + " users may sign in, space-separated"),
    METADATA_URL(
            "metadataUrl",
            "from `issuer`",
            "where the provider's metadata is read, when it is not the issuer's own address"),
    AUTHORIZATION_ENDPOINT("authorizationEndpoint", "from metadata", "where users sign in; overrides the metadata"),
    TOKEN_ENDPOINT("tokenEndpoint", "from metadata", "where codes become tokens; overrides the metadata"),
    JWKS_URI("jwksUri", "from metadata", "where the provider's keys are; overrides the metadata"),
    USERINFO_ENDPOINT(
            "userinfoEndpoint",
            "from metadata",
            "where claims about the user are; overrides the metadata. With all the endpoints given that a"
                    + " login needs, no metadata is read"),
    END_SESSION_ENDPOINT("endSessionEndpoint", "from metadata", "where users sign out; overrides the metadata"),
    REVOCATION_ENDPOINT(
            "revocationEndpoint",
            "from metadata",
            "where tokens are revoked at logout (RFC 7009), if the provider has one; overrides the metadata"),
    CLIENT_ID("clientId", "required", "the client identifier that the provider issued"),
    CLIENT_SECRET("clientSecret", "none", "its presence makes the client confidential"),
    CLIENT_AUTHENTICATION(
            "clientAuthentication",
            "`none`, or `client_secret_basic` with a secret, or `private_key_jwt` with a `clientKey` alone",
            "how the client proves itself to the provider: `none`, `client_secret_basic`, `client_secret_post`,"
                    + " `client_secret_jwt`, `private_key_jwt`, `tls_client_auth` or `self_signed_tls_client_auth`"),
    CLIENT_KEY(
            "clientKey",
            "none",
            "the client's private key, for `private_key_jwt`, signed requests and decryption: a JWK, a JWK set, or PEM"
                    + " (PKCS #8), best by `clientKeyFile`; RSA of 2048 bits and more, EC on P-256 and up, or Ed25519. Of"
                    + " several the first signs, and all decrypt"),
    KEY_STORE(
            "keyStore",
            "none",
            "the client's certificate and its key for mutual TLS (RFC 8705): a file of PKCS #12 or JKS, or of PEM"),
    KEY_STORE_PASSWORD("keyStorePassword", "none", "the password of `keyStore`, and of the key in it"),
    PROFILE(
            "profile",
            "`none`",
            "`fapi2`: FAPI 2.0 Security Profile. Requests are pushed, tokens are bound to a key, `iss` must come back, only"
                    + " PS256, ES256 and EdDSA sign, and the client proves itself by a key"),
    PUSHED_AUTHORIZATION(
            "pushedAuthorization",
            "`auto`, or `required` with `profile=fapi2`",
            "whether authorization requests are pushed to the provider first (RFC 9126), so that users carry nothing but a"
                    + " reference: `auto`, where it demands that; `required`; `never`"),
    REQUEST_OBJECT(
            "requestObject", "`none`", "`signed`: authorization requests are signed with `clientKey` (RFC 9101)"),
    SENDER_CONSTRAINT(
            "senderConstraint",
            "`none`, or `dpop` with `profile=fapi2`",
            "what tokens are bound to, so that they are no good to whoever steals them: `none`; `dpop`, a key of each login"
                    + " (RFC 9449); `mtls`, the certificate of `keyStore` (RFC 8705)"),
    SCOPE(
            "scope",
            "`openid profile email`",
            "what is asked for. Without `openid` it is plain OAuth 2.0: the user comes from userinfo, and"
                    + " the subject is its `principalClaim`"),
    AUDIENCE("audience", "none", "the API that the access token is for (Auth0 and others)"),
    RESOURCE("resource", "none", "resource indicators (RFC 8707), space-separated"),
    AUTHORIZATION_DETAILS(
            "authorizationDetails",
            "none",
            "what is asked for in detail (RFC 9396): a JSON array of objects with a `type` each; those of a type that a"
                    + " `stepUp` rule names only on its pages. What was granted is in `Tokens.authorizationDetails()`"),
    RESPONSE_MODE(
            "responseMode",
            "`query`",
            "how the provider answers: `query` or `form_post`; or signed, by `jwt`, `query.jwt` or `form_post.jwt` (JARM)"),
    AUTHORIZATION_PARAMETERS(
            "authorizationParameters",
            "none",
            "extra query of the authorization request, e.g. `connection=github&prompt=login`; can never"
                    + " override the filter's own"),
    PROMPT(
            "prompt",
            "none",
            "what the provider is to ask at every login, whatever it knows already: `login`, `consent`,"
                    + " `select_account`; a wish that users can take out of the request, unlike `maxAge`"),
    ACR_VALUES(
            "acrValues",
            "none",
            "authentication context classes (`acr`), space-separated, the best first: users must have signed in by one of"
                    + " them, and what the ID token says is checked"),
    MAX_AGE(
            "maxAge",
            "none",
            "how long ago users may have signed in at the provider when they come from there; `PT0S`: just now. The ID"
                    + " token's `auth_time` is checked"),
    STEP_UP(
            "stepUp",
            "none",
            "pages for which users must have signed in more strongly or more recently (RFC 9470); those who have not are"
                    + " sent to the provider and back, e.g. `/payments/* acr=gold max_age=300; /admin/* max_age=600`"
                    + " (seconds; of several `acr` any will do); or for which they must have granted"
                    + " `authorization_details=<type>`"),
    USERINFO(
            "userinfo",
            "`auto`",
            "`auto`: asked when `openid` is not in the scope, or when a claim that `principalClaim` or"
                    + " `rolesClaim` names is missing from the ID token; `always`; `never`"),
    BASE_URL(
            "baseUrl",
            "from the request",
            "what the browser sees in place of origin and context path, e.g. `https://www.example.com/app`."
                    + " Behind a proxy, set it"),
    FORWARDED_HEADERS(
            "forwardedHeaders",
            "`none`",
            "the headers by which proxies tell what the browser sees, where `baseUrl` is not set: `forwarded`"
                    + " (RFC 7239) or `x-forwarded` (`X-Forwarded-Proto`, `-Host`, `-Port`, `-Prefix`)"),
    TRUSTED_PROXIES(
            "trustedProxies",
            "none",
            "whose such headers count: IP addresses and ranges, space-separated, e.g. `127.0.0.1 ::1 10.0.0.0/8`"),
    CALLBACK_PATH("callbackPath", "`/callback`", "path of the redirect URI"),
    LOGIN_PATH(
            "loginPath",
            "`/login`",
            "a \"sign in\" link points here; `returnTo=` says where to go afterwards, `stepUpFor=` names a path whose rules the sign-in is to meet"),
    FORWARDED_PARAMETERS(
            "forwardedParameters",
            "none",
            "which parameters of `loginPath` are handed on to the provider: `login_hint`, `ui_locales`, or both"),
    KEEP_FRAGMENT(
            "keepFragment",
            "`false`",
            "the `#fragment` of the page that was asked for outlasts the login: a small page with a script takes it along"),
    LOGOUT_PATH("logoutPath", "`/logout`", "ends the session here, then the provider's"),
    AFTER_LOGOUT_PATH(
            "afterLogoutPath", "`/`", "where the provider sends the user after logout; public, unless it has a rule"),
    BACKCHANNEL_LOGOUT_PATH(
            "backchannelLogoutPath",
            "none",
            "where the provider posts that a user has signed out (OpenID Connect Back-Channel Logout), e.g."
                    + " `/backchannel-logout`; on several nodes it needs `sharedCache`"),
    FRONTCHANNEL_LOGOUT_PATH(
            "frontchannelLogoutPath",
            "none",
            "what the provider shows in a frame when a user has signed out (OpenID Connect Front-Channel"
                    + " Logout); works where the session cookie comes along into frames of other sites"),
    CLEAR_SITE_DATA(
            "clearSiteData",
            "none",
            "what browsers drop of this site at logout, space-separated: `cache`, `cookies`, `storage`"),
    MODE(
            "mode",
            "`required`",
            "`required`: pages need a login; `optional`: everybody passes, who is signed in is known, and `loginPath` starts"
                    + " a login. Pages with `roleRules` or `stepUp` need one in either"),
    SILENT_LOGIN(
            "silentLogin",
            "`false`",
            "on pages that need no login, the provider is asked once in a browser's session, without anybody's noticing,"
                    + " whether it knows the visitor (`prompt=none`); only of browsers that have shown that they keep"
                    + " cookies, from the second page on"),
    PUBLIC_PATHS(
            "publicPaths",
            "none",
            "paths that need no login, space-separated: `/` (the root page alone), an exact path,"
                    + " `/prefix/*`, `*.ext`"),
    ROLE_RULES(
            "roleRules",
            "none",
            "roles that pages need, any one of those named, e.g. `/admin/* admin; /reports/* auditor admin`; others get"
                    + " 403. As among servlets, an exact path goes before the longest prefix, and that before an extension;"
                    + " `**` is everybody who is signed in"),
    PRINCIPAL_CLAIM("principalClaim", "`sub`", "the claim that `getRemoteUser()` and the principal's name are"),
    ROLES_CLAIM(
            "rolesClaim",
            "none",
            "where `isUserInRole` looks, space-separated: a claim's exact name, else a dotted path"
                    + " (`realm_access.roles`), or a JSON Pointer; behind `access_token:` or `userinfo:` in"
                    + " that source, else in the ID token, then userinfo"),
    ID_TOKEN_SIGNED_RESPONSE_ALG(
            "idTokenSignedResponseAlg",
            "the asymmetric ones of the metadata, else `RS256`",
            "the one algorithm of ID tokens that the client is registered for; `HS256` only when named"
                    + " here, with a secret"),
    ID_TOKEN_ENCRYPTED_RESPONSE_ALG(
            "idTokenEncryptedResponseAlg",
            "none",
            "the algorithm that ID tokens must be encrypted by: `RSA-OAEP`, `RSA-OAEP-256`, `ECDH-ES`, `ECDH-ES+A128KW` or"
                    + " `ECDH-ES+A256KW`; without it, encrypted ones are taken where `clientKey` fits, and others as well"),
    TRUSTED_CERTIFICATES(
            "trustedCertificates",
            "none",
            "PEM file of certificate authorities, added to the JVM's trust for calls to the provider"),
    ALLOW_INSECURE_HTTP(
            "allowInsecureHttp",
            "`false`",
            "calls to the provider over http off loopback; an http redirect URI off loopback needs an"
                    + " http `baseUrl` as well"),
    ERROR_PAGE(
            "errorPage",
            "built in",
            "a path of the application that failures are forwarded to, with request attributes"),
    CLOCK_SKEW("clockSkew", "`PT60S`", "tolerated on `exp`, `iat` and `nbf`"),
    LOGIN_TIMEOUT("loginTimeout", "`PT10M`", "how long a pending login may take"),
    MAX_PENDING_LOGINS("maxPendingLogins", "`16`", "per browser session; beyond it the oldest is forgotten"),
    LOGIN_STATE(
            "loginState",
            "`session`",
            "where a pending login is kept: in the `session`, or in an encrypted `cookie`, so that nobody who is not signed"
                    + " in costs the server memory, and no session is there before the login"),
    COOKIE_KEY(
            "cookieKey",
            "none",
            "for `loginState=cookie`: base64 of 32 random bytes (`openssl rand -base64 32`), the same on all nodes; or two"
                    + " with a space between, of which the first seals and both open, to change keys"),
    REPLAY_POST(
            "replayPost",
            "`false`",
            "a form that is sent after the session has ended is sent again after the login, if it is a page's own,"
                    + " without files and has no more than 64 KiB; otherwise users are asked to send it again"),
    SESSION_POLICY(
            "sessionPolicy",
            "`refresh` for logins with a refresh token, else `container`",
            "how long a login lasts within its session. `container`: as long as the session; `idToken`:"
                    + " until the ID token expires; `refresh`: as long as the provider refreshes the tokens,"
                    + " which is done ahead of the access token's expiry"),
    MAX_SESSION_AGE("maxSessionAge", "none", "how long a login lasts at the most, whatever the policy"),
    REFRESH_GRACE(
            "refreshGrace",
            "`PT5M`",
            "how long a login lasts whose tokens have expired and cannot be refreshed because the provider"
                    + " fails; `PT0S` for not at all"),
    SHARED_CACHE(
            "sharedCache",
            "none",
            "on several nodes: the name of a JCache (JSR 107) that they share, for logouts, refreshes and"
                    + " pending logins to be known to all"),
    HTTP_TIMEOUT("httpTimeout", "`PT10S`", "for each whole call to the provider");

    private final String parameter;
    private final String standard;
    private final String meaning;

    Param(String parameter, String standard, String meaning) {
        this.parameter = parameter;
        this.standard = standard;
        this.meaning = meaning;
    }

    /** The parameter's name, in camelCase. */
    public String parameter() {
        return parameter;
    }

    /** The default as the README's table has it: a value in backquotes, or words. */
    public String standard() {
        return standard;
    }

    /** What it means, in a line or two of Markdown. */
    public String meaning() {
        return meaning;
    }

    /** The default value, if it is a fixed one. */
    Optional<String> defaultValue() {
        boolean literal = standard.startsWith("`") && standard.indexOf('`', 1) == standard.length() - 1;
        return literal ? Optional.of(standard.substring(1, standard.length() - 1)) : Optional.empty();
    }

    /** The name in environment variables: upper case, an underscore between words. */
    String environmentName() {
        return parameter.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
