package io.github.pkceauth.testkit;

import java.time.Instant;
import java.util.Set;

/** Client authentication by a JWT, RFC 7523 section 3, as strictly as the FAPI 2.0 Security Profile wants it. */
record AssertionCheck(ScriptedProvider provider) {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final long LONGEST_SECONDS = 300;

    /** Of those a request object, or a DPoP proof, has none. */
    private static final Set<String> TYPES = Set.of("", "JWT", "client-authentication+jwt");

    /** What is wrong with the assertion of the form; empty where it is right, and used up by that. */
    String problem(Parameters form) {
        if (!form.has("client_assertion") || !form.all("client_assertion_type").contains(TYPE)) {
            return "no client_assertion of the type " + TYPE;
        }
        try {
            return problem(ReceivedJwt.parse(form.get("client_assertion")));
        } catch (IllegalArgumentException e) {
            return "the assertion is no signed JWT";
        }
    }

    private String problem(ReceivedJwt assertion) {
        if (!isSigned(assertion)) {
            return "the assertion is not signed with a registered key";
        }
        if (!TYPES.contains(assertion.headerText("typ"))) {
            return "a JWT of another type";
        }
        String client = provider.clientId();
        if (!assertion.text("iss").equals(client) || !assertion.text("sub").equals(client)) {
            return "iss and sub of the assertion are not the client_id";
        }
        if (!assertion.text("aud").equals(provider.issuer())) {
            return "aud of the assertion is not the issuer as a string";
        }
        long now = Instant.now().getEpochSecond();
        Long exp = assertion.seconds("exp");
        if (exp == null || exp <= now || exp > now + LONGEST_SECONDS) {
            return "exp of the assertion is not within the next five minutes";
        }
        boolean first = provider.honesty().assurance.isFirst("assertion", assertion.text("jti"));
        return first ? "" : "the assertion has no jti, or one that was used before";
    }

    private boolean isSigned(ReceivedJwt assertion) {
        Assurance assurance = provider.honesty().assurance;
        return assurance.clientKeys.isEmpty()
                ? assertion.isSignedWithSecret(provider.clientSecret())
                : assertion.isSignedWithOneOf(assurance.clientKeys);
    }
}
