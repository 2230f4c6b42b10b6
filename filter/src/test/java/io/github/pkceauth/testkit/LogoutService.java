package io.github.pkceauth.testkit;

/** The honest end session endpoint, OpenID Connect RP-Initiated Logout 1.0. */
record LogoutService(ScriptedProvider provider) {

    Reply answer(RecordedRequest request) {
        Parameters asked = request.parameters();
        if (!asked.has("id_token_hint") || !provider.grants().knowsIdToken(asked.get("id_token_hint"))) {
            return refused("id_token_hint is missing, or is no token of ours");
        }
        if (asked.has("client_id") && !asked.get("client_id").equals(provider.clientId())) {
            return refused("the hint was not made for this client");
        }
        provider.honesty().endSession();
        if (!asked.has("post_logout_redirect_uri")) {
            return Reply.html(200, Html.page("Signed out", "You are signed out."));
        }
        String place = asked.get("post_logout_redirect_uri");
        if (!provider.honesty().accepts(place)) {
            return refused("post_logout_redirect_uri is not registered");
        }
        Parameters result = Parameters.none();
        if (asked.has("state")) {
            result = result.plus("state", asked.get("state"));
        }
        return Reply.redirect(302, provider.logout().bent(result).appendTo(place));
    }

    private static Reply refused(String why) {
        return Reply.html(400, Html.page("Refused", Html.escape(why)));
    }
}
