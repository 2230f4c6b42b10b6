package io.github.pkceauth.config;

import io.github.pkceauth.oidc.Client;
import io.github.pkceauth.oidc.ClientAuthentication;
import io.github.pkceauth.oidc.Issuers;
import io.github.pkceauth.oidc.ProviderSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads who the provider is, and checks that what is meant for another one does not get there. */
final class ProviderReader {

    /** What decides whom a client secret is sent to, and other proofs of the client. */
    private static final List<Param> RECEIVERS =
            List.of(Param.ISSUER, Param.METADATA_URL, Param.TOKEN_ENDPOINT, Param.REVOCATION_ENDPOINT);

    /** What a client proves itself with. */
    private static final List<Param> PROOFS = List.of(Param.CLIENT_SECRET, Param.CLIENT_KEY, Param.KEY_STORE);

    private final Settings settings;
    private final Values values;
    private final Problems problems;
    private final Addresses addresses;

    ProviderReader(Settings settings, Values values, Problems problems, Addresses addresses) {
        this.settings = settings;
        this.values = values;
        this.problems = problems;
        this.addresses = addresses;
    }

    /** What the deployment says; nothing is asked of the provider. */
    ProviderSettings read() {
        return new ProviderSettings(
                issuers(),
                values.optional(Param.METADATA_URL, addresses::endpoint),
                values.optional(Param.AUTHORIZATION_ENDPOINT, addresses::endpoint),
                values.optional(Param.TOKEN_ENDPOINT, addresses::endpoint),
                values.optional(Param.JWKS_URI, addresses::endpoint),
                values.optional(Param.USERINFO_ENDPOINT, addresses::endpoint),
                values.optional(Param.END_SESSION_ENDPOINT, addresses::endpoint),
                values.optional(Param.REVOCATION_ENDPOINT, addresses::endpoint));
    }

    private Issuers issuers() {
        List<String> tenants = values.optional(Param.TENANTS, Parsers::tenants).orElse(List.of());
        String issuer = values.required(
                Param.ISSUER,
                namedTenants().isEmpty() ? addresses::issuer : addresses::issuerOfTenants,
                "https://issuer.invalid",
                "write the provider's issuer identifier, for example https://login.example.com/");
        return new Issuers(issuer, tenants);
    }

    private Optional<Setting> namedTenants() {
        return settings.get(Param.TENANTS).filter(setting -> !setting.value().isBlank());
    }

    /** What can only be told from the rest of the configuration. */
    void check(Client client, Paths paths, Deployment deployment) {
        checkTenants(client, paths);
        checkProofsStayWithTheirIssuer();
        checkProofIsThisFilters(deployment, client);
    }

    private void checkTenants(Client client, Paths paths) {
        namedTenants().ifPresent(tenants -> {
            if (settings.get(Param.METADATA_URL).isEmpty()) {
                problems.add(
                        tenants,
                        "with several tenants the metadata is at no issuer's own address; name it in metadataUrl, for"
                                + " example https://login.microsoftonline.com/organizations/v2.0/.well-known/openid-configuration");
            }
            if (client.signs()) {
                problems.add(
                        tenants,
                        "what the client signs is for one issuer alone, which is no tenant's: write another"
                                + " clientAuthentication, and requestObject none");
            }
            if (!client.usesOpenId()) {
                problems.add(tenants, "only an ID token says which tenant a user is of: add openid to scope");
            }
            if (paths.backchannelLogout().isPresent()) {
                problems.add(
                        tenants,
                        "notices of logouts are understood from one issuer alone: remove backchannelLogoutPath");
            }
        });
    }

    /**
     * What proves that a client is who it is must never be sent to another application's provider, or be used for one; what
     * it goes to is the token endpoint and others, which the issuer's metadata names, or a setting.
     */
    private void checkProofsStayWithTheirIssuer() {
        for (Param param : PROOFS) {
            settings.get(param).ifPresent(proof -> {
                for (Param target : RECEIVERS) {
                    settings.get(target)
                            .filter(setting -> setting.rank() < proof.rank())
                            .ifPresent(setting -> problems.add(param.parameter() + " ("
                                    + proof.origin()
                                    + ") was not meant for the "
                                    + target.parameter()
                                    + ", which comes from the "
                                    + setting.origin()
                                    + " and would be sent "
                                    + (param == Param.CLIENT_SECRET ? "the secret" : "what is proved with it")
                                    + ": give "
                                    + param.parameter()
                                    + " in the same place as "
                                    + target.parameter()));
                }
            });
        }
    }

    /** With several providers in an application, what is said for all filters may be one provider's alone. */
    private void checkProofIsThisFilters(Deployment deployment, Client client) {
        if (deployment.otherFilters().isEmpty()) {
            return;
        }
        proofsOf(client).stream()
                .flatMap(param -> settings.get(param).stream())
                .filter(proof -> !proof.own())
                .forEach(proof -> RECEIVERS.stream()
                        .flatMap(receiver -> settings.get(receiver).filter(Setting::own).stream())
                        .findFirst()
                        .ifPresent(receiver -> problems.add(proof.param().parameter() + " (" + proof.origin()
                                + ") is for all filters, and the "
                                + receiver.param().parameter() + " (" + receiver.origin() + ") for '"
                                + deployment.filterName()
                                + "' alone, so that one provider would be sent another's "
                                + (proof.param() == Param.CLIENT_SECRET ? "secret" : "proofs")
                                + ": name it "
                                + Source.Kind.ENVIRONMENT
                                        .namesOf(proof.param(), deployment.filterName())
                                        .get(0)
                                + (proof.param() == Param.CLIENT_SECRET
                                        ? ", or write clientAuthentication none"
                                        : ""))));
    }

    /** What a client proves with who it is, or what it has said. */
    private static Set<Param> proofsOf(Client client) {
        Set<Param> proofs = EnumSet.noneOf(Param.class);
        ClientAuthentication authentication = client.authentication();
        if (authentication instanceof ClientAuthentication.Basic
                || authentication instanceof ClientAuthentication.Post
                || authentication instanceof ClientAuthentication.SecretJwt) {
            proofs.add(Param.CLIENT_SECRET);
        }
        if (authentication instanceof ClientAuthentication.PrivateKeyJwt
                || client.assurance().signsRequests()) {
            proofs.add(Param.CLIENT_KEY);
        }
        if (client.usesMutualTls()) {
            proofs.add(Param.KEY_STORE);
        }
        return proofs;
    }
}
