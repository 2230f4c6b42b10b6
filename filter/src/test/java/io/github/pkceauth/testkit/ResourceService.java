package io.github.pkceauth.testkit;

import java.util.Map;

/** A protected resource, such as an application calls with the access token of its user. */
record ResourceService(ScriptedProvider provider) {

    Reply answer(RecordedRequest request) {
        return new AccessCheck(provider).answer(request, this::greeting);
    }

    private Reply greeting(Grant grant) {
        Map<String, String> greeting = Map.of("hello", grant.user().subject());
        return Reply.json(200, provider.resource().bent(greeting));
    }
}
