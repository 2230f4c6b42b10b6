package io.github.pkceauth.testkit;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the token, the revocation and the pushed request endpoint ask of any request: a form of the client that they know. */
record ClientForm(ScriptedProvider provider) {

    /** What clients send in the body alone; the endpoint's own query is kept (RFC 6749 section 3.2). */
    private static final Set<String> OURS = Set.of(
            "grant_type",
            "code",
            "redirect_uri",
            "code_verifier",
            "refresh_token",
            "client_id",
            "client_secret",
            "client_assertion",
            "client_assertion_type",
            "token",
            "token_type_hint",
            "response_type",
            "state",
            "nonce",
            "code_challenge",
            "request",
            "request_uri");

    /** The answer to a request that is not of that kind, null to one that is. */
    @Nullable
    Reply refusal(RecordedRequest request) {
        if (!request.method().equals("POST") || request.query().names().stream().anyMatch(OURS::contains)) {
            return error(400, "invalid_request", "POST, and nothing of the client's in the address");
        }
        Parameters form = request.form();
        form.all("client_assertion")
                .forEach(assertion -> provider.grants().learn(SecretKind.CLIENT_ASSERTION, assertion));
        for (String name : form.names()) {
            if (form.all(name).size() > 1 && !name.equals("resource")) {
                return error(400, "invalid_request", "repeated " + name);
            }
        }
        String problem = new ClientCheck(provider).problem(request);
        return problem.isEmpty() ? null : unauthorized(request, problem);
    }

    /** An error by RFC 6749 section 5.2. */
    static Reply error(int status, String error, String description) {
        return Reply.json(status, Map.of("error", error, "error_description", description));
    }

    private static Reply unauthorized(RecordedRequest request, String problem) {
        Reply refused = error(401, "invalid_client", problem);
        boolean basic = request.headers().has("Authorization");
        return basic ? refused.withHeader("WWW-Authenticate", "Basic realm=\"client\"") : refused;
    }
}
