package io.github.pkceauth.doctor;

import static io.github.pkceauth.doctor.Level.FAIL;
import static io.github.pkceauth.doctor.Level.OK;
import static io.github.pkceauth.doctor.Level.WARN;

import java.util.Locale;

/** The closed set of findings; the table in docs/doctor.md is made from it. */
public enum Code {
    CONFIGURATION_READ(OK, "the configuration can be used; where each parameter comes from"),
    CONFIGURATION_WARNING(WARN, "what the filter would say of the configuration in a WARNING at its start"),
    CONFIGURATION_INVALID(FAIL, "the filter would not start; one finding for each mistake"),
    COMMAND_LINE_INVALID(FAIL, "the arguments, or the file of `--web-xml`, cannot be used"),

    BASE_URL(OK, "`baseUrl` says what the browser sees, or proxies tell it (`forwardedHeaders`)"),
    BASE_URL_UNKNOWN(
            WARN, "neither `baseUrl` nor `forwardedHeaders` is set, so the addresses to register are not known here"),
    BASE_URL_INSECURE(WARN, "`baseUrl` is plain http, off this machine"),

    METADATA_READ(OK, "the provider's metadata can be read"),
    METADATA_NOT_NEEDED(OK, "the configuration says everything, and no metadata is read"),
    NAME_UNKNOWN(FAIL, "DNS knows no address for the host, or for the JVM's proxy"),
    CONNECTION_REFUSED(FAIL, "no connection is accepted there"),
    NO_ANSWER_IN_TIME(FAIL, "there was no whole answer within `httpTimeout`"),
    CERTIFICATE_UNTRUSTED(FAIL, "no trusted authority stands behind the server's certificate"),
    CERTIFICATE_HOST_NAME(FAIL, "the server's certificate is for another host"),
    CERTIFICATE_OUT_OF_DATE(FAIL, "the server's certificate has expired, or is not valid yet"),
    TLS_FAILED(FAIL, "there is no TLS connection, for another reason"),
    PROXY_REFUSED(FAIL, "the JVM's proxy wants a password"),
    CONNECTION_FAILED(FAIL, "the connection came to nothing, for another reason"),
    STATUS_UNEXPECTED(FAIL, "the answer's HTTP status is not 200"),
    ANSWER_UNREADABLE(FAIL, "the answer is not the JSON that it should be"),
    TLS(OK, "the connection's TLS version, and how long the server's certificate lasts"),
    CERTIFICATE_ENDS_SOON(WARN, "the server's certificate expires within 14 days"),
    CLOCK(OK, "both machines' clocks agree to a few seconds"),
    CLOCK_DIFFERS(WARN, "both machines' clocks differ by more than a few seconds"),
    CLOCK_BEYOND_SKEW(FAIL, "both machines' clocks differ by more than `clockSkew`"),
    CLOCK_UNKNOWN(WARN, "no answer says what time it is at the provider"),

    ISSUER(OK, "the metadata's issuer is the parameter's, to the letter"),
    ISSUER_MISMATCH(FAIL, "the metadata's issuer is not the parameter's, to the letter"),
    ENDPOINTS(OK, "the addresses at the provider"),
    ENDPOINT_MISSING(FAIL, "an address is missing that logins need"),
    ENDPOINT_UNUSABLE(FAIL, "an address cannot be used: it is not https, or no address"),
    ENDPOINT_INSECURE(WARN, "an address is plain http, off this machine"),

    KEYS_READ(OK, "the provider's keys, and what they verify"),
    KEYS_NOT_NEEDED(OK, "no token is verified with the provider's keys"),
    KEYS_MISSING(FAIL, "there is no usable key, or none for an algorithm of ID tokens that is taken"),
    KEY_UNUSABLE(WARN, "a key is left out: an RSA key of less than 2048 bits, for example"),
    KEY_ID_DUPLICATE(WARN, "several keys have the same `kid`"),
    KEY_ID_MISSING(WARN, "there are several keys, and not all have a `kid`"),
    ALGORITHM_WITHOUT_KEY(WARN, "an algorithm of ID tokens is announced for which there is no key"),
    ID_TOKEN_ALGORITHMS(OK, "the algorithms of ID tokens that are taken"),
    ID_TOKEN_ALGORITHMS_UNUSABLE(FAIL, "the provider announces none that is taken"),
    ID_TOKEN_ALGORITHM_NOT_ANNOUNCED(FAIL, "the provider does not announce `idTokenSignedResponseAlg`"),

    PKCE(OK, "PKCE with S256 is announced"),
    PKCE_NOT_ANNOUNCED(WARN, "PKCE is not announced; the filter uses it all the same"),
    PKCE_S256_UNSUPPORTED(FAIL, "PKCE is announced without S256"),
    ISS_PARAMETER(OK, "answers name their issuer (RFC 9207), which is then required"),
    ISS_PARAMETER_ABSENT(OK, "answers need not name their issuer; where they do, it is checked"),
    ISS_PARAMETER_REQUIRED(WARN, "answers must name their issuer with `profile=fapi2`, and that is not announced"),
    RESPONSE(OK, "the response type and the response mode are announced, or the standard's defaults"),
    RESPONSE_TYPE_UNSUPPORTED(FAIL, "the response type `code` is not announced"),
    RESPONSE_MODE_UNSUPPORTED(FAIL, "`responseMode` is not announced"),
    SCOPES(OK, "all of `scope` is announced, or nothing is said of scopes"),
    SCOPE_NOT_ANNOUNCED(WARN, "a part of `scope` is not announced"),
    GRANT_TYPES(OK, "the grant types that are used are announced, or the standard's defaults"),
    GRANT_TYPE_UNSUPPORTED(FAIL, "the grant type `authorization_code` is not announced"),
    REFRESH_NOT_ANNOUNCED(WARN, "`sessionPolicy` is `refresh`, and the grant type `refresh_token` is not announced"),

    ASSURANCE_UNSUPPORTED(
            FAIL, "what `profile`, `pushedAuthorization` or `senderConstraint` want, the provider has not"),
    PUSHED_REQUESTS(OK, "authorization requests are pushed, and where to"),
    BOUND_TOKENS(OK, "the provider announces tokens that are bound as `senderConstraint` wants it"),
    BOUND_TOKENS_NOT_ANNOUNCED(WARN, "the provider does not announce that"),

    CLIENT_AUTHENTICATION(OK, "`clientAuthentication` is announced, or the standard's default"),
    CLIENT_AUTHENTICATION_NOT_ANNOUNCED(WARN, "public clients are not announced"),
    CLIENT_AUTHENTICATION_UNSUPPORTED(FAIL, "`clientAuthentication` is not announced"),
    CLIENT_ACCEPTED(OK, "the token endpoint knows the client: it refused a code that nobody issued, and nothing else"),
    CLIENT_REFUSED(FAIL, "the token endpoint does not know the client, or its secret or key is wrong"),
    CLIENT_UNCERTAIN(WARN, "the token endpoint said something else to a code that nobody issued"),
    CLIENT_NOT_TRIED(WARN, "the client was not tried: it is not certain where the token endpoint is"),

    END_SESSION(OK, "users are signed out at the provider, too"),
    END_SESSION_MISSING(WARN, "there is no address for it: users stay signed in at the provider"),
    REVOCATION(OK, "tokens are revoked at logout"),
    REVOCATION_ABSENT(OK, "there is no address for it: tokens end by themselves"),
    BACKCHANNEL_LOGOUT(OK, "`backchannelLogoutPath` is set, and the provider announces it"),
    BACKCHANNEL_LOGOUT_AVAILABLE(OK, "the provider announces it, and `backchannelLogoutPath` is not set"),
    BACKCHANNEL_LOGOUT_NOT_ANNOUNCED(WARN, "`backchannelLogoutPath` is set, and the provider does not announce it"),
    FRONTCHANNEL_LOGOUT(OK, "`frontchannelLogoutPath` is set, and the provider announces it, with the session's id"),
    FRONTCHANNEL_LOGOUT_NOT_ANNOUNCED(
            WARN,
            "`frontchannelLogoutPath` is set, and the provider does not announce it, or not with the session's id");

    private final Level level;
    private final String meaning;

    Code(Level level, String meaning) {
        this.level = level;
        this.meaning = meaning;
    }

    /** The code itself, for machines. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What findings of this code mean for logins. */
    public Level level() {
        return level;
    }

    /** What it stands for, in a line of Markdown. */
    public String meaning() {
        return meaning;
    }
}
