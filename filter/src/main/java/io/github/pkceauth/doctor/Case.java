package io.github.pkceauth.doctor;

import io.github.pkceauth.config.Config;
import io.github.pkceauth.oidc.CallFacts;
import io.github.pkceauth.oidc.ClientTrial;
import io.github.pkceauth.oidc.EndpointFacts;
import io.github.pkceauth.oidc.Examination;
import io.github.pkceauth.oidc.KeySetFacts;
import io.github.pkceauth.oidc.MetadataFacts;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is known of a deployment and its provider.
 *
 * @param config the configuration
 * @param metadata the provider's metadata
 * @param endpoints the addresses at the provider
 * @param keys its keys, if they are needed and there is an address for them
 * @param trial what the token endpoint said, if it was asked
 * @param problem what a login would fail over in the metadata beyond addresses and keys, if there is something
 * @param needsKeys whether logins need its keys
 * @param idTokenAlgorithms the algorithms of ID tokens that logins take
 * @param time when all this was so
 */
record Case(
        Config config,
        MetadataFacts metadata,
        List<EndpointFacts> endpoints,
        Optional<KeySetFacts> keys,
        Optional<ClientTrial> trial,
        Optional<String> problem,
        boolean needsKeys,
        Set<String> idTokenAlgorithms,
        Instant time) {

    /** Stands for what the deployment does not say, in what people read. */
    private static final String UNKNOWN_BASE = "https://<host><context path>";

    /** Stands for it in what is sent; RFC 6761 sees to it that there is no such host. */
    private static final String SOME_BASE = "https://application.invalid";

    /** Asks the provider what there is to ask. */
    static Case of(Config config, InstantSource clock) {
        try (Examination examination = new Examination(
                config.provider(),
                config.client(),
                config.claims(),
                config.limits(),
                config.tls(),
                config.allowInsecureHttp(),
                clock)) {
            MetadataFacts metadata = examination.metadata();
            List<EndpointFacts> endpoints = examination.endpoints(metadata);
            String redirectUri =
                    config.baseUrl().orElse(SOME_BASE) + config.paths().callback();
            return new Case(
                    config,
                    metadata,
                    endpoints,
                    examination.needsKeys()
                            ? endpoint(endpoints, "jwks_uri").address().map(examination::keys)
                            : Optional.empty(),
                    placeForSecrets(metadata, endpoint(endpoints, "token_endpoint"))
                            .map(address -> examination.tryClient(address, metadata, redirectUri)),
                    examination.problem(metadata),
                    examination.needsKeys(),
                    examination.idTokenAlgorithms(metadata),
                    clock.instant());
        }
    }

    /** The client's secret goes where the deployment says, or metadata of the right issuer, and nowhere else. */
    private static Optional<URI> placeForSecrets(MetadataFacts metadata, EndpointFacts tokenEndpoint) {
        return tokenEndpoint.address().filter(address -> tokenEndpoint.isSet() || metadata.areGood());
    }

    private static EndpointFacts endpoint(List<EndpointFacts> endpoints, String member) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.member().equals(member))
                .findFirst()
                .orElseThrow();
    }

    EndpointFacts endpoint(String member) {
        return endpoint(endpoints, member);
    }

    /** What the metadata say; nothing where there are none. */
    Announced announced() {
        return new Announced(metadata.members());
    }

    /** Whether there are metadata to hold anything against. */
    boolean hasMetadata() {
        return !metadata.members().isEmpty();
    }

    /** All calls that were made, in their order. */
    List<CallFacts> calls() {
        return Stream.of(metadata.call(), keys.map(KeySetFacts::call), trial.map(ClientTrial::call))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The address that the browser sees for a path of the application, as far as it is known. */
    String address(String path) {
        return config.baseUrl().orElse(UNKNOWN_BASE) + path;
    }
}
