package io.github.pkceauth.doctor;

import io.github.pkceauth.config.SessionLife;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether the provider announces what the filter asks for (RFC 8414 section 2, with its defaults). */
final class RequestCheck implements Check {

    @Override
    public void look(Case examined, Findings findings) {
        if (examined.hasMetadata()) {
            Announced announced = examined.announced();
            pkce(announced, findings);
            iss(examined, announced, findings);
            response(examined, announced, findings);
            scopes(examined, announced, findings);
            grants(examined, announced, findings);
        }
    }

    private static void pkce(Announced announced, Findings findings) {
        List<String> methods =
                announced.list("code_challenge_methods_supported").orElse(List.of());
        if (methods.contains("S256")) {
            findings.add(Code.PKCE, "the provider announces PKCE with S256");
        } else if (methods.isEmpty()) {
            findings.add(
                    Code.PKCE_NOT_ANNOUNCED,
                    "the provider does not announce PKCE (code_challenge_methods_supported); it is used all the same",
                    "look whether the client's registration can require PKCE: then it is certain that the provider"
                            + " checks it");
        } else {
            findings.add(
                    Code.PKCE_S256_UNSUPPORTED,
                    "the provider announces PKCE by " + Announced.shown(methods) + " alone, and the filter uses S256",
                    "have S256 switched on at the provider");
        }
    }

    private static void iss(Case examined, Announced announced, Findings findings) {
        if (announced.says("authorization_response_iss_parameter_supported")) {
            findings.add(Code.ISS_PARAMETER, "answers to logins name their issuer (RFC 9207), and must");
        } else if (examined.config().client().assurance().fapi2()) {
            findings.add(
                    Code.ISS_PARAMETER_REQUIRED,
                    "profile=fapi2 wants answers to logins to name their issuer (RFC 9207), and the provider does not"
                            + " announce that",
                    "have it switched on at the provider; a login tells whether it is");
        } else {
            findings.add(
                    Code.ISS_PARAMETER_ABSENT,
                    "answers to logins need not name their issuer (RFC 9207); where they do, it is checked");
        }
    }

    private static void response(Case examined, Announced announced, Findings findings) {
        List<String> types = announced.list("response_types_supported").orElse(List.of("code"));
        // RFC 8414 section 2; form_post has to be announced.
        List<String> modes = announced.list("response_modes_supported").orElse(List.of("query", "fragment"));
        String mode = examined.config().client().responseMode().word();
        if (!types.contains("code")) {
            findings.add(
                    Code.RESPONSE_TYPE_UNSUPPORTED,
                    "the provider announces the response types " + Announced.shown(types) + ", without code",
                    "have the authorization code flow switched on at the provider");
        }
        if (!modes.contains(mode)) {
            findings.add(
                    Code.RESPONSE_MODE_UNSUPPORTED,
                    "responseMode is " + mode + ", and the provider announces " + Announced.shown(modes),
                    mode.equals("query")
                            ? "write responseMode=form_post, if that is announced"
                            : "take responseMode out");
        }
        if (types.contains("code") && modes.contains(mode)) {
            findings.add(Code.RESPONSE, "the provider has the response type code and the response mode " + mode);
        }
    }

    private static void scopes(Case examined, Announced announced, Findings findings) {
        String scope = examined.config().client().scope();
        List<String> missing = new ArrayList<>(Arrays.asList(scope.split(" ", -1)));
        announced.list("scopes_supported").ifPresentOrElse(missing::removeAll, missing::clear);
        if (missing.isEmpty()) {
            findings.add(Code.SCOPES, "scope is " + scope);
        } else {
            findings.add(
                    Code.SCOPE_NOT_ANNOUNCED,
                    "scope has " + Announced.shown(missing) + ", which the provider does not announce",
                    "take it out of scope if logins are refused with invalid_scope, or have it added at the provider;"
                            + " providers need not announce all");
        }
    }

    private static void grants(Case examined, Announced announced, Findings findings) {
        List<String> grants = announced.list("grant_types_supported").orElse(List.of("authorization_code"));
        boolean saysSo = announced.list("grant_types_supported").isPresent();
        if (!grants.contains("authorization_code")) {
            findings.add(
                    Code.GRANT_TYPE_UNSUPPORTED,
                    "the provider announces the grant types " + Announced.shown(grants)
                            + ", without authorization_code",
                    "have the authorization code flow switched on at the provider");
            return;
        }
        boolean refreshes = grants.contains("refresh_token");
        boolean wanted = examined.config()
                .sessionLife()
                .policy()
                .filter(SessionLife.Policy.REFRESH::equals)
                .isPresent();
        if (saysSo && !refreshes && wanted) {
            findings.add(
                    Code.REFRESH_NOT_ANNOUNCED,
                    "sessionPolicy is refresh, and the provider does not announce the grant type refresh_token",
                    "have refresh tokens switched on at the provider, or take sessionPolicy out");
        } else {
            findings.add(
                    Code.GRANT_TYPES,
                    refreshes
                            ? "the provider has authorization_code and refresh_token"
                            : "the provider has authorization_code");
        }
    }
}
