package io.github.pkceauth.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The honest metadata document, OpenID Connect Discovery 1.0 and RFC 8414. */
record MetadataService(ScriptedProvider provider) {
    private static final List<String> RESPONSE_MODES =
            List.of("query", "form_post", "jwt", "query.jwt", "form_post.jwt");

    Reply answer(JsonEndpoint location) {
        Map<String, @Nullable Object> both = provider.metadata().bent(honest());
        return Reply.of(200, "application/json", Json.text(location.bent(both)));
    }

    private Map<String, Object> honest() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuer", provider.issuer());
        members.put("authorization_endpoint", provider.address(ScriptedProvider.AUTHORIZE));
        members.put("token_endpoint", provider.address(ScriptedProvider.TOKEN));
        members.put("jwks_uri", provider.address(ScriptedProvider.JWKS));
        members.put("userinfo_endpoint", provider.address(ScriptedProvider.USERINFO));
        members.put("end_session_endpoint", provider.address(ScriptedProvider.LOGOUT));
        members.put("response_types_supported", List.of("code"));
        members.put("response_modes_supported", RESPONSE_MODES);
        members.put(
                "authorization_signing_alg_values_supported",
                List.of(provider.honesty().signingAlgorithm.getName()));
        members.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
        members.put("subject_types_supported", List.of("public"));
        members.put("scopes_supported", List.of("openid", "profile", "email"));
        members.put(
                "id_token_signing_alg_values_supported",
                List.of(provider.honesty().signingAlgorithm.getName()));
        encryption(members);
        clientAuthentication("token", members);
        if (provider.honesty().saysRevocation) {
            members.put("revocation_endpoint", provider.address(ScriptedProvider.REVOKE));
            clientAuthentication("revocation", members);
        }
        pushedRequests(members);
        requestObjects(members);
        if (provider.honesty().assurance.dpop.required) {
            members.put("dpop_signing_alg_values_supported", ReceivedJwt.ALGORITHMS);
        }
        members.put("code_challenge_methods_supported", List.of("S256"));
        if (provider.honesty().saysIss) {
            members.put("authorization_response_iss_parameter_supported", true);
        }
        if (provider.hasMutualTls()) {
            mutualTls(members);
        }
        return members;
    }

    /** The same endpoints at the port that asks for certificates, RFC 8705 section 5. */
    private void mutualTls(Map<String, Object> members) {
        Map<String, Object> aliases = new LinkedHashMap<>();
        aliases.put("token_endpoint", provider.mtlsAddress(ScriptedProvider.TOKEN));
        aliases.put("userinfo_endpoint", provider.mtlsAddress(ScriptedProvider.USERINFO));
        if (members.containsKey("revocation_endpoint")) {
            aliases.put("revocation_endpoint", provider.mtlsAddress(ScriptedProvider.REVOKE));
        }
        if (members.containsKey("pushed_authorization_request_endpoint")) {
            aliases.put("pushed_authorization_request_endpoint", provider.mtlsAddress(ScriptedProvider.PAR));
        }
        members.put("mtls_endpoint_aliases", aliases);
        members.put("tls_client_certificate_bound_access_tokens", true);
    }

    private void pushedRequests(Map<String, Object> members) {
        PushedRequests pushed = provider.honesty().assurance.pushed;
        if (pushed.taken) {
            members.put("pushed_authorization_request_endpoint", provider.address(ScriptedProvider.PAR));
        }
        if (pushed.required) {
            members.put("require_pushed_authorization_requests", true);
        }
    }

    private void requestObjects(Map<String, Object> members) {
        RequestObjects objects = provider.honesty().assurance.requestObjects;
        if (objects.taken) {
            members.put("request_parameter_supported", true);
            members.put("request_object_signing_alg_values_supported", ReceivedJwt.ALGORITHMS);
        }
        if (objects.required) {
            members.put("require_signed_request_object", true);
        }
    }

    private void encryption(Map<String, Object> members) {
        Assurance assurance = provider.honesty().assurance;
        Encryption idTokens = assurance.idTokens;
        if (idTokens != null) {
            idTokens.tell("id_token", members);
        }
        Encryption userinfo = assurance.userinfo;
        if (userinfo != null) {
            userinfo.tell("userinfo", members);
        }
        if (assurance.signsUserinfo) {
            members.put(
                    "userinfo_signing_alg_values_supported",
                    List.of(provider.honesty().signingAlgorithm.getName()));
        }
    }

    private void clientAuthentication(String endpoint, Map<String, Object> members) {
        Assurance assurance = provider.honesty().assurance;
        members.put(endpoint + "_endpoint_auth_methods_supported", assurance.clientMethods());
        if (assurance.takesAssertions()) {
            members.put(endpoint + "_endpoint_auth_signing_alg_values_supported", assurance.assertionAlgorithms());
        }
    }
}
