package io.github.pkceauth.testkit;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Who comes with an access token, in the header only: RFC 6750 section 2.1, RFC 9449 section 7.1, RFC 8705 section 3. */
record AccessCheck(ScriptedProvider provider) {

    /** The honest answer to whoever has a good token and, where it is bound, its key; else a refusal. */
    Reply answer(RecordedRequest request, Function<Grant, Reply> honest) {
        List<String> headers = request.headers().all("Authorization");
        if (headers.size() != 1 || request.parameters().has("access_token")) {
            return refusal("Bearer");
        }
        String[] credentials = headers.get(0).split(" ", 2);
        boolean dpop = credentials[0].equalsIgnoreCase("DPoP");
        Grant grant = credentials.length == 2 ? provider.grants().accessTokens().good(credentials[1]) : null;
        if (grant == null || !credentials[0].equalsIgnoreCase(grant.bound().tokenType())) {
            return refusal(dpop ? "DPoP" : "Bearer");
        }
        if (dpop) {
            return proven(request, credentials[1], grant, honest);
        }
        boolean borne = grant.bound().isNone() || grant.bound().equals(Confirmation.certificate(request.certificate()));
        return borne ? honest.apply(grant) : refusal("Bearer");
    }

    private Reply proven(RecordedRequest request, String token, Grant grant, Function<Grant, Reply> honest) {
        DpopNonces nonces = provider.honesty().assurance.dpop.resourceServer;
        DpopCheck check = new DpopCheck(provider);
        try {
            Confirmation key = check.atResource(request, token);
            return key.equals(grant.bound()) ? check.withNextNonce(honest.apply(grant), nonces) : refusal("DPoP");
        } catch (DpopRefusal e) {
            return e.atResource(nonces);
        }
    }

    /** The answer to whoever has no good token. */
    private static Reply refusal(String scheme) {
        return Reply.json(401, Map.of("error", "invalid_token"))
                .withHeader("WWW-Authenticate", scheme + " error=\"invalid_token\"");
    }
}
