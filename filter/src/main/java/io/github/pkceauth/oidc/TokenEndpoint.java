package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.AuthenticatedCalls.Exchange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a code into tokens (RFC 6749 4.1.3), or a refresh token (section 6), each in exactly one call that the provider
 * looks at. Safe for use by several threads.
 */
final class TokenEndpoint {

    static final String WHAT = "token endpoint";

    /** RFC 6749 section 5.2. */
    private static final Set<String> ERRORS = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope");

    /** Some thirty years in seconds; more is a mistake, and no reason to refuse a login. */
    private static final long MAX_LIFETIME = 1_000_000_000;

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]+");

    private final Client client;
    private final AuthenticatedCalls calls;
    private final InstantSource clock;

    TokenEndpoint(Client client, AuthenticatedCalls calls, InstantSource clock) {
        this.client = client;
        this.calls = calls;
        this.clock = clock;
    }

    /**
     * Redeems a code; whatever comes of it, the code is spent.
     *
     * @throws AuthFailure if the provider refuses, cannot be reached, or answers what cannot be used
     */
    IssuedTokens redeem(AuthorizationCode code, Provider provider) throws AuthFailure {
        IssuedTokens tokens = call(
                provider,
                form(code),
                Grant.CODE,
                List.of(code.value(), code.attempt().codeVerifier()),
                client.scope(),
                code.attempt().dpopKey());
        if (tokens.idToken() == null && client.usesOpenId()) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_MISSING,
                    WHAT + " " + provider.tokenEndpoint()
                            + " answered without an ID token, although the scope has openid");
        }
        return tokens;
    }

    private static Parameters form(AuthorizationCode code) {
        return new Parameters()
                .add("grant_type", "authorization_code")
                .add("code", code.value())
                .add("redirect_uri", code.attempt().redirectUri())
                .add("code_verifier", code.attempt().codeVerifier());
    }

    /**
     * How a request was refused.
     *
     * @param status the HTTP status
     * @param error the registered error of the answer (RFC 6749 section 5.2), or empty
     * @param message what to tell of it
     */
    record Refusal(int status, String error, String message) {}

    /**
     * Tries to redeem a code that nobody issued: how that is refused tells whether the client is known.
     *
     * @throws AuthFailure if the provider cannot be reached
     */
    Refusal refusalOf(AuthorizationCode madeUp, Provider provider) throws AuthFailure {
        Exchange exchange = send(
                provider,
                form(madeUp),
                List.of(madeUp.value(), madeUp.attempt().codeVerifier()),
                madeUp.attempt().dpopKey());
        HttpAnswer answer = exchange.answer();
        if (answer.status() == 200) {
            return new Refusal(answer.status(), "", answer.from() + " answered with status 200");
        }
        String message =
                String.valueOf(refusal(answer, Grant.NONE, exchange.sent()).getMessage());
        return new Refusal(answer.status(), registeredError(answer, exchange.sent()), message);
    }

    private static String registeredError(HttpAnswer answer, Confidential sent) {
        @Nullable ErrorDocument document = ErrorDocument.in(answer, sent);
        return document != null && ERRORS.contains(document.error()) ? document.error() : "";
    }

    /**
     * Refreshes tokens; what the answer leaves out is as before.
     *
     * @throws AuthFailure for the reason {@code LOGIN_ENDED} if the provider refuses the refresh token; or
     *     if it cannot be reached, or answers what cannot be used, and another try may succeed
     */
    IssuedTokens refresh(IssuedTokens before, String refreshToken, Provider provider) throws AuthFailure {
        Parameters form = new Parameters().add("grant_type", "refresh_token").add("refresh_token", refreshToken);
        return call(provider, form, Grant.REFRESH_TOKEN, List.of(refreshToken), before.scope(), before.dpopKey())
                .after(before);
    }

    private IssuedTokens call(
            Provider provider,
            Parameters form,
            Grant grant,
            List<String> secrets,
            String scopeIfSilent,
            @Nullable DpopKey key)
            throws AuthFailure {
        // expires_in counts from when the answer was made, so at the earliest from here.
        Instant asked = clock.instant();
        Exchange exchange = send(provider, form, secrets, key);
        if (exchange.answer().status() == 200) {
            return tokens(exchange.answer(), asked, exchange.sent(), scopeIfSilent, key);
        }
        throw refusal(exchange.answer(), grant, exchange.sent());
    }

    private Exchange send(Provider provider, Parameters form, List<String> secrets, @Nullable DpopKey key)
            throws AuthFailure {
        client.resources().forEach(resource -> form.add("resource", resource));
        return calls.post(WHAT, provider.tokenEndpoint(), provider, form, secrets, key);
    }

    private IssuedTokens tokens(
            HttpAnswer answer, Instant asked, Confidential sent, String scopeIfSilent, @Nullable DpopKey key)
            throws AuthFailure {
        if (!answer.isJson()) {
            throw invalid(answer, "content type '" + Printable.of(sent.hiddenIn(answer.contentType())) + "'");
        }
        Claims members = new Claims(answer.json(Reason.TOKEN_RESPONSE_INVALID));
        if (members.has("error")) {
            throw invalid(
                    answer, "the error '" + ErrorDocument.of(members, sent).words() + "' in an answer of status 200");
        }
        String type = members.text("token_type").orElse("");
        String expected = IssuedTokens.typeOf(key);
        if (!type.equalsIgnoreCase(expected)) {
            // RFC 9449 section 5: one that is not bound, although that was asked for, is not to be used.
            throw invalid(answer, "the token_type '" + Printable.of(sent.hiddenIn(type)) + "' instead of " + expected);
        }
        @Nullable String accessToken = present(members, "access_token");
        if (accessToken == null) {
            throw invalid(answer, "no access_token");
        }
        return new IssuedTokens(
                accessToken,
                expiry(members, asked),
                members.text("scope").orElse(scopeIfSilent),
                present(members, "refresh_token"),
                client.usesOpenId() ? present(members, "id_token") : null,
                asked,
                key,
                details(members));
    }

    /** What was granted in detail (RFC 9396 section 7). */
    private static @Nullable String details(Claims members) {
        return members.get("authorization_details") instanceof List<?> details ? Json.text(details) : null;
    }

    private static @Nullable String present(Claims members, String name) {
        // RFC 6749 A.12, A.17: printable ASCII; anything else could not be sent on.
        return members.text(name)
                .filter(text -> PRINTABLE.matcher(text).matches())
                .orElse(null);
    }

    /** {@code expires_in}: a number of seconds, which some providers write as a string. */
    private static @Nullable Instant expiry(Claims members, Instant asked) {
        Object value = members.get("expires_in");
        if (value instanceof String text && text.matches("\\d{1,9}")) {
            return asked.plusSeconds(Long.parseLong(text));
        }
        if (value instanceof Number number && number.longValue() >= 0 && number.longValue() < MAX_LIFETIME) {
            return asked.plusSeconds(number.longValue());
        }
        return null;
    }

    private static AuthFailure invalid(HttpAnswer answer, String what) {
        return new AuthFailure(Reason.TOKEN_RESPONSE_INVALID, answer.from() + " answered with " + what);
    }

    private AuthFailure refusal(HttpAnswer answer, Grant grant, Confidential sent) {
        if (answer.status() / 100 == 5) {
            return answer.unexpected(Reason.PROVIDER_UNREACHABLE);
        }
        if (answer.status() / 100 == 3) {
            return answer.unexpected(Reason.TOKEN_RESPONSE_INVALID);
        }
        String refused = answer.from() + " answered with status " + answer.status();
        @Nullable ErrorDocument document = ErrorDocument.in(answer, sent);
        if (document == null || document.words().isEmpty()) {
            return new AuthFailure(
                    Reason.TOKEN_REQUEST_REFUSED,
                    refused + (document == null ? " and no error document" : " and no error in its document"));
        }
        return new AuthFailure(
                document.error().equals("invalid_grant") ? grant.refused : Reason.TOKEN_REQUEST_REFUSED,
                refused + " and the error '" + document.words() + "'" + mend(answer.status(), document, grant));
    }

    private String mend(int status, ErrorDocument document, Grant grant) {
        if (grant == Grant.NONE) {
            return "";
        }
        return document.error().equals("invalid_grant")
                ? "; " + grant.whyRefused
                : document.mend(status, client.authentication());
    }

    /** What tokens are asked for with, and what it means if it is refused (RFC 6749 5.2, invalid_grant). */
    private enum Grant {
        CODE(
                Reason.TOKEN_REQUEST_REFUSED,
                "the code was late or used before, or the redirect URI or the code verifier did not match"),
        REFRESH_TOKEN(Reason.LOGIN_ENDED, "the refresh token has expired, was revoked, or was used before"),
        /** Nothing but a try. */
        NONE(Reason.TOKEN_REQUEST_REFUSED, "");

        private final Reason refused;
        private final String whyRefused;

        Grant(Reason refused, String whyRefused) {
            this.refused = refused;
            this.whyRefused = whyRefused;
        }
    }
}
