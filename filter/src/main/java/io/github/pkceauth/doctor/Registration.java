package io.github.pkceauth.doctor;

import io.github.pkceauth.config.Paths;
import io.github.pkceauth.config.SessionLife;
import io.github.pkceauth.oidc.Assurance;
import io.github.pkceauth.oidc.Client;
import io.github.pkceauth.oidc.Pushing;
import io.github.pkceauth.oidc.SenderConstraint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to register at the provider, by the names of RFC 7591 and of OpenID Connect Registration, which many a
 * provider's console has as well.
 */
final class Registration {

    private static final String USUAL_ALGORITHM = "RS256";

    private final Case examined;

    Registration(Case examined) {
        this.examined = examined;
    }

    Map<String, Object> members() {
        Client client = examined.config().client();
        Paths paths = examined.config().paths();
        String method = client.authentication().method();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("client_id", client.id());
        members.put("client_type", method.equals("none") ? "public" : "confidential");
        members.put("token_endpoint_auth_method", method);
        members.put("redirect_uris", List.of(examined.address(paths.callback())));
        members.put("post_logout_redirect_uris", List.of(examined.address(paths.afterLogout())));
        members.put("initiate_login_uri", examined.address(paths.login()));
        paths.backchannelLogout().ifPresent(path -> {
            members.put("backchannel_logout_uri", examined.address(path));
            members.put(
                    "backchannel_logout_session_required",
                    examined.announced().says("backchannel_logout_session_supported"));
        });
        paths.frontchannelLogout().ifPresent(path -> {
            members.put("frontchannel_logout_uri", examined.address(path));
            members.put("frontchannel_logout_session_required", true); // the filter needs iss and sid
        });
        members.put("grant_types", grantTypes());
        members.put("response_types", List.of("code"));
        members.put("code_challenge_method", "S256");
        members.put("scope", client.scope());
        if (client.usesOpenId()) {
            members.put("id_token_signed_response_alg", algorithm());
        }
        members.putAll(assurance(client.assurance()));
        return members;
    }

    /** RFC 9126 section 6, RFC 9101 section 10.5, RFC 9449 section 5.2, RFC 8705 section 3.4. */
    private static Map<String, Object> assurance(Assurance assurance) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (assurance.pushing() == Pushing.REQUIRED) {
            members.put("require_pushed_authorization_requests", true);
        }
        if (assurance.signsRequests()) {
            members.put("require_signed_request_object", true);
        }
        if (assurance.constraint() == SenderConstraint.DPOP) {
            members.put("dpop_bound_access_tokens", true);
        }
        if (assurance.constraint() == SenderConstraint.MTLS) {
            members.put("tls_client_certificate_bound_access_tokens", true);
        }
        assurance
                .idTokenEncryption()
                .ifPresent(algorithm -> members.put("id_token_encrypted_response_alg", algorithm.getName()));
        return members;
    }

    /** A refresh token is of use unless the deployment says that logins go by something else. */
    private List<String> grantTypes() {
        Optional<SessionLife.Policy> policy = examined.config().sessionLife().policy();
        boolean refreshes = policy.isEmpty() || policy.get() == SessionLife.Policy.REFRESH;
        boolean canRefresh = examined.announced()
                .list("grant_types_supported")
                .map(grants -> grants.contains("refresh_token"))
                .orElse(true);
        List<String> grants = new ArrayList<>(List.of("authorization_code"));
        if (refreshes && canRefresh) {
            grants.add("refresh_token");
        }
        return List.copyOf(grants);
    }

    private String algorithm() {
        return examined.idTokenAlgorithms().contains(USUAL_ALGORITHM)
                ? USUAL_ALGORITHM
                : examined.idTokenAlgorithms().stream()
                        .sorted()
                        .findFirst()
                        .orElse(examined.config().client().assurance().fapi2() ? "PS256" : USUAL_ALGORITHM);
    }
}
