package io.github.pkceauth.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The honest token endpoint: authorization codes with PKCE, and rotating refresh tokens. */
record TokenService(ScriptedProvider provider) {

    /** Whether a request to this endpoint is for a refresh, as far as its grant type says. */
    static boolean isRefresh(RecordedRequest request) {
        return request.form().all("grant_type").contains("refresh_token");
    }

    Reply answer(RecordedRequest request) {
        Parameters form = request.form();
        form.all("code_verifier").forEach(verifier -> provider.grants().learn(SecretKind.CODE_VERIFIER, verifier));
        Reply refusal = new ClientForm(provider).refusal(request);
        if (refusal != null) {
            return refusal;
        }
        if (provider.honesty().assurance.requiresCertificates && request.certificate() == null) {
            return ClientForm.error(400, "invalid_request", "tokens are for clients with a certificate");
        }
        try {
            return answer(form, key(request));
        } catch (DpopRefusal e) {
            return e.atAuthorizationServer(provider.honesty().assurance.dpop.authorizationServer);
        }
    }

    /** The key that the tokens are to be bound to. */
    private Confirmation key(RecordedRequest request) throws DpopRefusal {
        boolean dpop = provider.honesty().assurance.dpop.required;
        return dpop
                ? new DpopCheck(provider).atAuthorizationServer(request)
                : Confirmation.certificate(request.certificate());
    }

    private Reply answer(Parameters form, Confirmation key) {
        return switch (form.has("grant_type") ? form.get("grant_type") : "") {
            case "authorization_code" -> code(form, key);
            case "refresh_token" -> refresh(form, key);
            default -> ClientForm.error(400, "unsupported_grant_type", "code or refresh token");
        };
    }

    private Reply code(Parameters form, Confirmation key) {
        Grant grant = form.has("code") ? provider.grants().takeCode(form.get("code")) : null;
        if (grant == null) {
            return ClientForm.error(400, "invalid_grant", "unknown or used code");
        }
        if (!form.all("redirect_uri").contains(grant.redirectUri())) {
            return ClientForm.error(400, "invalid_grant", "another redirect_uri");
        }
        if (!form.has("code_verifier") || !Sha256.of(form.get("code_verifier")).equals(grant.challenge())) {
            return ClientForm.error(400, "invalid_grant", "the code verifier does not match");
        }
        if (!grant.bound().isNone() && !grant.bound().equals(key)) {
            return ClientForm.error(400, "invalid_grant", "the code is bound to another key");
        }
        boolean withRefreshToken = provider.honesty().issuesRefreshTokens;
        return success(provider.token(), tokens(grant.boundTo(key), withRefreshToken, provider.idToken()));
    }

    private Reply refresh(Parameters form, Confirmation key) {
        Honesty honesty = provider.honesty();
        boolean rotates = honesty.issuesRefreshTokens && honesty.rotatesRefreshTokens;
        String presented = form.has("refresh_token") ? form.get("refresh_token") : "";
        if (isBoundToAnother(presented, key)) {
            return ClientForm.error(400, "invalid_grant", "the refresh token is bound to another key");
        }
        Grant grant = provider.grants().refreshTokens().use(presented, rotates);
        if (grant == null) {
            return ClientForm.error(400, "invalid_grant", "unknown, used or ended refresh token");
        }
        TokenScript idToken = honesty.refreshesIdTokens ? provider.refreshedIdToken() : null;
        Grant fresh = grant.withoutNonce().boundTo(key);
        return success(provider.refresh(), tokens(fresh, rotates, idToken));
    }

    /** A public client's refresh tokens are bound to its key; another client's to the client, RFC 9449 section 5. */
    private boolean isBoundToAnother(String refreshToken, Confirmation key) {
        Grant grant = provider.grants().refreshTokens().good(refreshToken);
        return grant != null
                && provider.honesty().clientIsPublic()
                && !grant.bound().isNone()
                && !grant.bound().equals(key);
    }

    private Reply success(JsonEndpoint script, Map<String, Object> members) {
        DpopNonces nonces = provider.honesty().assurance.dpop.authorizationServer;
        return new DpopCheck(provider).withNextNonce(Reply.json(200, script.bent(members)), nonces);
    }

    /**
     * @param idToken null where the answer has no ID token
     */
    private Map<String, Object> tokens(Grant grant, boolean withRefreshToken, @Nullable TokenScript idToken) {
        TokenMint mint = new TokenMint(provider);
        String accessToken = mint.accessToken(grant);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("access_token", accessToken);
        members.put("token_type", grant.bound().tokenType());
        members.put("expires_in", provider.honesty().accessTokenLife.toSeconds());
        if (withRefreshToken) {
            members.put("refresh_token", provider.grants().newRefreshToken(grant));
        }
        members.put("scope", grant.scope());
        if (!grant.details().isEmpty()) {
            members.put("authorization_details", Json.array(grant.details()));
        }
        if (grant.isOpenId() && idToken != null) {
            members.put("id_token", mint.idToken(grant, accessToken, idToken));
        }
        return members;
    }
}
