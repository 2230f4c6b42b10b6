package io.github.pkceauth.testkit;

import java.util.Map;

/** A protected resource, such as an application calls with the access token of its user. */
record ResourceService(ScriptedProvider provider) {

    Reply answer(RecordedRequest request) {
        Grant grant = new BearerCheck(provider.grants()).grant(request);
        return grant == null
                ? BearerCheck.refusal()
                : Reply.json(
                        200,
                        provider.resource().bent(Map.of("hello", grant.user().subject())));
    }
}
