package io.github.pkceauth.testkit;

/** The honest revocation endpoint, RFC 7009. The hint at the token's type is no more than that. */
record RevocationService(ScriptedProvider provider) {

    Reply answer(RecordedRequest request) {
        Reply refusal = new ClientForm(provider).refusal(request);
        if (refusal != null) {
            return refusal;
        }
        if (!request.form().has("token")) {
            return ClientForm.error(400, "invalid_request", "no token");
        }
        provider.grants().revoke(request.form().get("token"));
        return new Reply(200, Headers.of("Cache-Control: no-store"), "");
    }
}
