package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers to authorization requests that the provider has signed (JWT Secured Authorization Response Mode, JARM), by
 * the rules of its section 2.4. Safe for use by several threads.
 */
final class SignedAnswers {

    private static final String RESPONSE = "response";

    /** What an answer may consist of (RFC 6749 section 4.1.2, RFC 9207). */
    private static final List<String> PARAMETERS =
            List.of("state", "code", "iss", "error", "error_description", "error_uri");

    /** About these no answer can be told to be good or bad. */
    private static final Set<Reason> THE_PROVIDERS_FAULT = Set.of(Reason.PROVIDER_UNREACHABLE, Reason.METADATA_INVALID);

    private final JwtRules rules;

    SignedAnswers(JwtRules rules) {
        this.rules = rules;
    }

    /**
     * The state that an answer carries, which only names the login that the answer may be for: nothing of it is verified.
     *
     * @param parameters the parameters of the callback
     * @return the state, empty if there is none
     * @throws AuthFailure if a parameter that may stand there once is repeated, or the answer is no signed JWT
     */
    String stateOf(Map<String, String[]> parameters) throws AuthFailure {
        @Nullable String response = response(parameters);
        return response == null
                ? AuthorizationResponse.stateOf(parameters)
                : asAnswer(() -> SignedJwt.parse(response).claimsNotVerified())
                        .text("state")
                        .orElse("");
    }

    /**
     * The parameters of an answer that the provider has signed for this client, and not too long ago.
     *
     * @param parameters the parameters of the callback
     * @param provider the provider
     * @param issuers whom it may be from
     * @return what is signed, and nothing besides it
     * @throws AuthFailure if it is not signed, or breaks a rule
     */
    Map<String, String[]> verified(Map<String, String[]> parameters, Provider provider, Issuers issuers)
            throws AuthFailure {
        @Nullable String response = response(parameters);
        if (response == null) {
            throw new AuthFailure(
                    Reason.CALLBACK_INVALID,
                    "the callback is not signed (it has no response), although responseMode says so: have the provider"
                            + " support JARM, or take responseMode out" + saidUnsigned(parameters));
        }
        Claims claims = asAnswer(() -> {
            // 1. Encryption is not agreed: an encrypted answer is refused as no signed JWT.
            Claims signed = rules.signed(
                    SignedJwt.parse(response), provider, provider.algorithms().answers()); // 5.
            rules.checkIssuer(signed, issuers); // 2.
            rules.checkAudience(signed); // 3.
            rules.checkExpiry(signed); // 4.
            rules.checkBegun(signed); // RFC 7519 section 4.1.5.
            return signed;
        });
        Map<String, String[]> answer = new HashMap<>();
        for (String name : PARAMETERS) {
            claims.text(name).ifPresent(value -> answer.put(name, new String[] {value}));
        }
        return answer;
    }

    /** What may help to find out why, whoever has said it. */
    private static String saidUnsigned(Map<String, String[]> parameters) {
        String[] error = parameters.get("error");
        String[] description = parameters.get("error_description");
        return error == null || error.length == 0
                ? ""
                : "; it says, unsigned: " + Printable.of(error[0])
                        + (description == null || description.length == 0 ? "" : ": " + Printable.of(description[0]));
    }

    private static @Nullable String response(Map<String, String[]> parameters) throws AuthFailure {
        String[] values = parameters.get(RESPONSE);
        if (values != null && values.length > 1) {
            throw new AuthFailure(
                    Reason.CALLBACK_INVALID, "the callback has the parameter " + RESPONSE + " more than once");
        }
        return values == null || values.length == 0 || values[0].isEmpty() ? null : values[0];
    }

    /** Reads claims. */
    private interface Reading {
        Claims claims() throws AuthFailure;
    }

    private static Claims asAnswer(Reading reading) throws AuthFailure {
        try {
            return reading.claims();
        } catch (AuthFailure e) {
            if (THE_PROVIDERS_FAULT.contains(e.reason())) {
                throw e;
            }
            throw new AuthFailure(
                    e.reason() == Reason.ID_TOKEN_ISSUER ? Reason.ISSUER_MISMATCH : Reason.CALLBACK_INVALID,
                    "the signed answer cannot be used: " + e.getMessage(),
                    e);
        }
    }
}
