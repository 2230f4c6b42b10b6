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
        Dpop dpop = provider.honesty().assurance.dpop;
        try {
            Parameters asked = new AuthorizationRequests(provider).pushedByClient(request.form());
            boolean proves = dpop.required && request.headers().has("DPoP");
            return created(proves ? withKey(asked, request) : asked);
        } catch (RequestRefusal e) {
            return ClientForm.error(400, e.error(), e.description());
        } catch (DpopRefusal e) {
            return e.atAuthorizationServer(dpop.authorizationServer);
        }
    }

    /** The request with the key of its proof, RFC 9449 section 10.1. */
    private Parameters withKey(Parameters asked, RecordedRequest request) throws DpopRefusal {
        String thumbprint =
                new DpopCheck(provider).atAuthorizationServer(request).value();
        if (asked.has("dpop_jkt") && !asked.get("dpop_jkt").equals(thumbprint)) {
            throw DpopRefusal.badProof("dpop_jkt is of another key");
        }
        return asked.with("dpop_jkt", thumbprint);
    }

    private Reply created(Parameters asked) {
        PushedRequests pushed = provider.honesty().assurance.pushed;
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("request_uri", pushed.add(asked, provider.grants().invent("pushed")));
        members.put("expires_in", pushed.life.toSeconds());
        DpopNonces nonces = provider.honesty().assurance.dpop.authorizationServer;
        return new DpopCheck(provider)
                .withNextNonce(Reply.json(201, provider.pushed().bent(members)), nonces);
    }
}
