package io.github.pkceauth.doctor;

import io.github.pkceauth.oidc.Assurance;
import io.github.pkceauth.oidc.Printable;
import io.github.pkceauth.oidc.SenderConstraint;

/** Whether the provider has what the deployment wants beyond a usual login. */
final class AssuranceCheck implements Check {

    private static final String PUSH = "pushed_authorization_request_endpoint";

    @Override
    public void look(Case examined, Findings findings) {
        if (!examined.hasMetadata()) {
            return;
        }
        examined.problem()
                .ifPresent(problem -> findings.add(
                        Code.ASSURANCE_UNSUPPORTED,
                        problem,
                        "have it switched on at the provider, or see docs/high-assurance.md for what asks for it"));
        examined.endpoints().stream()
                .filter(endpoint -> endpoint.member().equals(PUSH))
                .flatMap(endpoint -> endpoint.address().stream())
                .findFirst()
                .ifPresent(address -> findings.add(
                        Code.PUSHED_REQUESTS, "authorization requests are pushed to " + Printable.of(address)));
        binding(examined, findings);
    }

    private static void binding(Case examined, Findings findings) {
        Assurance assurance = examined.config().client().assurance();
        if (assurance.constraint() == SenderConstraint.NONE) {
            return;
        }
        boolean isDpop = assurance.constraint() == SenderConstraint.DPOP;
        boolean isAnnounced = isDpop
                ? examined.announced().list("dpop_signing_alg_values_supported").isPresent()
                : examined.announced().says("tls_client_certificate_bound_access_tokens");
        String wanted = isDpop ? "to a key of each login (DPoP)" : "to the client's certificate";
        if (isAnnounced) {
            findings.add(Code.BOUND_TOKENS, "tokens are bound " + wanted);
        } else {
            findings.add(
                    Code.BOUND_TOKENS_NOT_ANNOUNCED,
                    "tokens are to be bound " + wanted + ", and the provider does not announce that",
                    "have it switched on for the client; a login tells whether it is");
        }
    }
}
