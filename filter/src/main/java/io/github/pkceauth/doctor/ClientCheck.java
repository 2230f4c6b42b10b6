package io.github.pkceauth.doctor;

import io.github.pkceauth.oidc.ClientAuthentication;
import io.github.pkceauth.oidc.ClientTrial;
import io.github.pkceauth.oidc.Printable;
import java.util.List;

/** Whether the provider knows the client, and takes the way in which it proves that. */
final class ClientCheck implements Check {

    private static final int UNAUTHORIZED = 401;

    @Override
    public void look(Case examined, Findings findings) {
        if (examined.hasMetadata()) {
            method(examined, findings);
        }
        examined.trial()
                .ifPresentOrElse(
                        trial -> trial(trial, examined, findings),
                        () -> findings.add(
                                Code.CLIENT_NOT_TRIED,
                                "the client was not tried, because it is not certain where the token endpoint is",
                                "see to what is wrong above, and run this again"));
    }

    private static void method(Case examined, Findings findings) {
        String method = examined.config().client().authentication().method();
        List<String> announced = examined.announced()
                .list("token_endpoint_auth_methods_supported")
                .orElse(List.of("client_secret_basic")); // RFC 8414 section 2
        if (announced.contains(method)) {
            findings.add(Code.CLIENT_AUTHENTICATION, "the provider announces client authentication by " + method);
        } else if (method.equals("none")) {
            findings.add(
                    Code.CLIENT_AUTHENTICATION_NOT_ANNOUNCED,
                    "there is no clientSecret, and the provider announces " + Announced.shown(announced) + " alone",
                    "register a public client, or give clientSecret; many providers do not announce none and have it");
        } else {
            findings.add(
                    Code.CLIENT_AUTHENTICATION_UNSUPPORTED,
                    "clientAuthentication is " + method + ", and the provider announces " + Announced.shown(announced),
                    mend(method, announced));
        }
    }

    /** A client with a secret may send it in another way; one with a key has no other. */
    private static String mend(String method, List<String> announced) {
        boolean isSecret = method.equals("client_secret_basic") || method.equals("client_secret_post");
        if (isSecret && announced.contains("client_secret_post")) {
            return "write clientAuthentication=client_secret_post";
        }
        if (isSecret && announced.contains("client_secret_basic")) {
            return "write clientAuthentication=client_secret_basic";
        }
        return isSecret
                ? "have one of none, client_secret_basic and client_secret_post switched on there"
                : "have " + method + " switched on there, or write one of what is announced";
    }

    private static void trial(ClientTrial trial, Case examined, Findings findings) {
        if (trial.status() == 0) {
            return; // which is told with the other calls
        }
        String client = "client " + Printable.of(examined.config().client().id()) + " by "
                + examined.config().client().authentication().method();
        if (trial.error().equals("invalid_grant")) {
            findings.add(
                    Code.CLIENT_ACCEPTED,
                    Printable.of(trial.call().address()) + " takes the " + client
                            + ": it refused a made-up code, as it should (invalid_grant)");
        } else if (trial.error().equals("invalid_client") || trial.status() == UNAUTHORIZED) {
            findings.add(
                    Code.CLIENT_REFUSED,
                    trial.message(),
                    "compare clientId, " + proof(examined.config().client().authentication())
                            + " and clientAuthentication with the"
                            + " client's registration, and whether that is of a public or of a confidential client");
        } else {
            findings.add(
                    Code.CLIENT_UNCERTAIN,
                    "to a made-up code " + trial.message(),
                    "compare clientId, the grant types and the redirect URI "
                            + examined.address(examined.config().paths().callback())
                            + " with the client's registration; a login tells for certain");
        }
    }

    private static String proof(ClientAuthentication authentication) {
        if (authentication instanceof ClientAuthentication.PrivateKeyJwt) {
            return "the public half of clientKey and its algorithm (and this server's clock)";
        }
        return authentication instanceof ClientAuthentication.MutualTls
                ? "the certificate of keyStore"
                : "clientSecret (a line break too many? expired?)";
    }
}
