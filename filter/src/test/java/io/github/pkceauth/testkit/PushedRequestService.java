package io.github.pkceauth.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** The honest endpoint for pushed authorization requests, RFC 9126 section 2. */
record PushedRequestService(ScriptedProvider provider) {

    Reply answer(RecordedRequest request) {
        Reply refusal = new ClientForm(provider).refusal(request);
        if (refusal != null) {
            return refusal;
        }
        try {
            return created(new AuthorizationRequests(provider).pushedByClient(request.form()));
        } catch (RequestRefusal e) {
            return ClientForm.error(400, e.error(), e.description());
        }
    }

    private Reply created(Parameters asked) {
        PushedRequests pushed = provider.honesty().assurance.pushed;
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("request_uri", pushed.add(asked, provider.grants().invent("pushed")));
        members.put("expires_in", pushed.life.toSeconds());
        return Reply.json(201, provider.pushed().bent(members));
    }
}
