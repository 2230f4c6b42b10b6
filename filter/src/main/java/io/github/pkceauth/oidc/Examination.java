package io.github.pkceauth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.api.AuthFailure;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks at the provider as a login would, step by step, and goes on where a login would end: each method tells facts,
 * and none of them throws. What is found out is found out by the code that logins run through. For one thread.
 */
public final class Examination implements AutoCloseable {

    private final ProviderSettings settings;
    private final Client client;
    private final Needs needs;
    private final RelyingParty.Limits limits;
    private final InstantSource clock;
    private final Sightings sightings = new Sightings();
    private final Http http;
    private final Discovery discovery;

    /**
     * An examination; nothing is read or sent yet.
     *
     * @param settings what the deployment says about the provider
     * @param client this application as the provider knows it
     * @param rules how claims become a user
     * @param limits time limits
     * @param tls how TLS connections are made
     * @param allowInsecure whether plain http may leave this machine
     * @param clock tells the time
     */
    public Examination(
            ProviderSettings settings,
            Client client,
            ClaimRules rules,
            RelyingParty.Limits limits,
            Tls tls,
            boolean allowInsecure,
            InstantSource clock) {
        this.settings = settings;
        this.client = client;
        this.needs = Needs.of(client, rules);
        this.limits = limits;
        this.clock = clock;
        this.http = new Http(tls, limits.http(), allowInsecure, sightings);
        this.discovery = new Discovery(settings, needs, http, limits.http(), clock);
    }

    /** Whether ID tokens, or access tokens, are verified with the provider's keys. */
    public boolean needsKeys() {
        return needs.keys();
    }

    /** Reads the metadata, unless a login would not. */
    public MetadataFacts metadata() {
        if (discovery.isSettled()) {
            return new MetadataFacts(Optional.empty(), Map.of(), Optional.empty());
        }
        List<URI> locations = discovery.locations();
        CallWatch watch = new CallWatch(Discovery.WHAT, locations.get(0), clock);
        Discovery.Found found;
        try {
            found = discovery.find(locations);
        } catch (AuthFailure e) {
            return new MetadataFacts(Optional.of(watch.failed(e, limits.http())), Map.of(), Optional.empty());
        }
        CallFacts call = watch.answered(found.at(), sightings);
        try {
            Map<String, Object> members = Discovery.members(found.answer());
            return new MetadataFacts(Optional.of(call), members, issuerProblem(found.answer(), members));
        } catch (AuthFailure e) {
            return new MetadataFacts(
                    Optional.of(CallWatch.unusable(call, found.answer(), e)), Map.of(), Optional.empty());
        }
    }

    private Optional<String> issuerProblem(HttpAnswer answer, Map<String, Object> members) {
        return problem(() -> discovery.checkIssuer(answer, members));
    }

    /**
     * The addresses at the provider, in the order in which logins come by.
     *
     * @param metadata what the provider says
     */
    public List<EndpointFacts> endpoints(MetadataFacts metadata) {
        List<EndpointFacts> endpoints = new ArrayList<>(List.of(
                endpoint("authorization_endpoint", true, settings.authorizationEndpoint(), metadata),
                endpoint("token_endpoint", true, settings.tokenEndpoint(), metadata),
                endpoint("jwks_uri", needs.keys(), settings.jwksUri(), metadata),
                endpoint("userinfo_endpoint", needs.userinfo(), settings.userinfoEndpoint(), metadata),
                endpoint("end_session_endpoint", false, settings.endSessionEndpoint(), metadata),
                endpoint("revocation_endpoint", false, settings.revocationEndpoint(), metadata)));
        if (in(metadata).arePushed(needs.pushing())) {
            endpoints.add(endpoint(Endpoints.PUSH, true, Optional.empty(), metadata));
        }
        return List.copyOf(endpoints);
    }

    private Endpoints in(MetadataFacts metadata) {
        return new Endpoints(metadata.members(), needs.mutualTls(), discovery::allows);
    }

    private EndpointFacts endpoint(String member, boolean needed, Optional<URI> setting, MetadataFacts metadata) {
        try {
            Optional<URI> address = in(metadata).address(member, setting);
            return new EndpointFacts(member, needed, setting.isPresent(), address, Optional.empty());
        } catch (AuthFailure e) {
            return new EndpointFacts(member, needed, setting.isPresent(), Optional.empty(), Optional.of(messageOf(e)));
        }
    }

    /**
     * Reads the provider's keys.
     *
     * @param address where they are
     */
    public KeySetFacts keys(URI address) {
        CallWatch watch = new CallWatch(Keys.WHAT, address, clock);
        HttpAnswer answer;
        try {
            answer = http.get(Keys.WHAT, address, Map.of());
        } catch (AuthFailure e) {
            return new KeySetFacts(watch.failed(e, limits.http()), List.of());
        }
        CallFacts call = watch.answered(address, sightings);
        try {
            List<KeySetFacts.Published> keys = new ArrayList<>();
            Keys.members(answer).forEach(member -> keys.add(key(member)));
            return new KeySetFacts(call, List.copyOf(keys));
        } catch (AuthFailure e) {
            return new KeySetFacts(CallWatch.unusable(call, answer, e), List.of());
        }
    }

    private static KeySetFacts.Published key(Object member) {
        Function<String, Optional<String>> text =
                name -> member instanceof Map<?, ?> object && object.get(name) instanceof String value
                        ? Optional.of(Printable.of(value))
                        : Optional.empty();
        Optional<String> id = text.apply("kid");
        String type = text.apply("kty").orElse("none");
        boolean isForEncryption = text.apply("use").filter("enc"::equals).isPresent();
        try {
            return new KeySetFacts.Published(
                    id, type, isForEncryption, names(Keys.key(member).algorithms()), Optional.empty());
        } catch (ParseException | JOSEException | RuntimeException e) {
            return new KeySetFacts.Published(
                    id, type, isForEncryption, Set.of(), Optional.of(Printable.of(e.getMessage())));
        }
    }

    /**
     * The algorithms of ID tokens that a login takes.
     *
     * @param metadata what the provider says
     */
    public Set<String> idTokenAlgorithms(MetadataFacts metadata) {
        return names(client.idTokenAlgorithm()
                .<Set<JWSAlgorithm>>map(Set::of)
                .orElseGet(() -> ProviderAlgorithms.signing(
                        metadata.members().get("id_token_signing_alg_values_supported"), needs.fapi2())));
    }

    /** Whether the name is of an algorithm that ID tokens may be signed with. */
    public static boolean isAlgorithm(String name) {
        return SigningAlgorithms.asymmetric(name).isPresent();
    }

    private static Set<String> names(Set<JWSAlgorithm> algorithms) {
        return algorithms.stream().map(JWSAlgorithm::getName).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Has the client try to redeem a code that nobody issued: the provider refuses it, and how it does tells whether
     * it knows the client. The code is from the same source of chance as all else that is secret here.
     *
     * @param tokenEndpoint an address that the client's secret may go to
     * @param metadata what the provider says
     * @param redirectUri the redirect URI of logins
     */
    public ClientTrial tryClient(URI tokenEndpoint, MetadataFacts metadata, String redirectUri) {
        CallWatch watch = new CallWatch(TokenEndpoint.WHAT, tokenEndpoint, clock);
        try {
            TokenEndpoint.Refusal refusal = new TokenEndpoint(
                            client, new AuthenticatedCalls(client, http, DpopNonces.ofProvider(), clock), clock)
                    .refusalOf(madeUpCode(redirectUri), asFarAsTokens(tokenEndpoint, metadata));
            CallFacts call = watch.answered(tokenEndpoint, sightings);
            return new ClientTrial(call, refusal.status(), refusal.error(), refusal.message());
        } catch (AuthFailure e) {
            return new ClientTrial(watch.failed(e, limits.http()), 0, "", "");
        }
    }

    /** The provider with what the client's proof depends on, whatever else of it may be wrong. */
    private Provider asFarAsTokens(URI tokenEndpoint, MetadataFacts metadata) throws AuthFailure {
        return new Provider(
                settings.issuer(),
                tokenEndpoint,
                tokenEndpoint,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                ProviderAlgorithms.of(
                        metadata.members(), new Needs(false, false, false, Pushing.AUTO, false, false, false)));
    }

    private AuthorizationCode madeUpCode(String redirectUri) {
        Instant now = clock.instant();
        return new AuthorizationCode(
                RandomToken.next(),
                new LoginAttempt(
                        RandomToken.next(),
                        RandomToken.next(),
                        RandomToken.next(),
                        settings.issuer(),
                        false,
                        redirectUri,
                        "/",
                        now,
                        now.plus(Duration.ofMinutes(1)),
                        null,
                        AuthenticationRequirements.NONE,
                        client.usesProofs() ? DpopKey.generate() : null));
    }

    /**
     * What a login would fail over in the metadata that is in none of the addresses.
     *
     * @param metadata what the provider says
     */
    public Optional<String> problem(MetadataFacts metadata) {
        return problem(() -> {
            if (needs.pushing() == Pushing.NEVER) {
                Provider.pushEndpoint(in(metadata), Pushing.NEVER);
            }
            ProviderAlgorithms.of(metadata.members(), needs);
        });
    }

    private interface Step {
        void run() throws AuthFailure;
    }

    private static Optional<String> problem(Step step) {
        try {
            step.run();
            return Optional.empty();
        } catch (AuthFailure e) {
            return Optional.of(messageOf(e));
        }
    }

    private static String messageOf(AuthFailure failure) {
        return String.valueOf(failure.getMessage());
    }

    @Override
    public void close() {
        http.close();
    }
}
