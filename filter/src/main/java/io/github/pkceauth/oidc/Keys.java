package io.github.pkceauth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The provider's public keys (RFC 7517), read at first need and again when a token is signed with
 * one that is not known. A key that this JVM cannot use is left out, without harm to the others.
 * Safe for use by several threads.
 */
final class Keys {

    private static final Duration LIFETIME = Duration.ofMinutes(15);
    static final String WHAT = "jwks_uri";

    private static final int MAX_KEYS = 100;

    private final Discovery discovery;
    private final boolean ofTenants;
    private final Http http;
    private final Remote<List<VerificationKey>> keys;
    private volatile boolean anyKnown;

    /**
     * The keys of a provider.
     *
     * @param ofTenants whether its keys say which of its issuers they are for
     */
    Keys(Discovery discovery, boolean ofTenants, Http http, Duration longestWait, InstantSource clock) {
        this.discovery = discovery;
        this.ofTenants = ofTenants;
        this.http = http;
        this.keys = new Remote<>(this::read, LIFETIME, longestWait, clock);
    }

    /** The keys as far as they are known. */
    List<VerificationKey> known() throws AuthFailure {
        return keys.get();
    }

    /** The keys after one more look, if one may be had so soon; else the same. */
    List<VerificationKey> newerThan(List<VerificationKey> unfit) throws AuthFailure {
        return keys.newerThan(unfit);
    }

    private List<VerificationKey> read() throws AuthFailure {
        URI address = discovery
                .provider()
                .jwksUri()
                .orElseThrow(() -> new AuthFailure(Reason.METADATA_INVALID, "the provider's metadata has no jwks_uri"));
        HttpAnswer answer = http.get(WHAT, address, Map.of());
        List<VerificationKey> usable = new ArrayList<>();
        for (Object member : members(answer)) {
            addIfUsable(member, ofTenants, usable);
        }
        if (usable.isEmpty() && anyKnown) {
            // Better the keys that are known than none at all.
            throw new AuthFailure(Reason.METADATA_INVALID, answer.from() + " answered without a usable key");
        }
        anyKnown = !usable.isEmpty();
        return List.copyOf(usable);
    }

    /** The members of the key set that an answer is, as many as are looked at. */
    static List<?> members(HttpAnswer answer) throws AuthFailure {
        Map<String, Object> set = answer.orFail(Reason.PROVIDER_UNREACHABLE).json(Reason.PROVIDER_UNREACHABLE);
        if (!(set.get("keys") instanceof List<?> members)) {
            throw new AuthFailure(Reason.PROVIDER_UNREACHABLE, answer.from() + " answered without the member keys");
        }
        return members.subList(0, Math.min(members.size(), MAX_KEYS));
    }

    /** One member alone: a set parsed as a whole fails over a single key of an unknown kind. */
    @SuppressWarnings("unchecked") // JSON objects have string names
    static VerificationKey key(Object member) throws ParseException, JOSEException {
        if (member instanceof Map<?, ?> object) {
            return VerificationKey.of(JWK.parse((Map<String, Object>) object));
        }
        throw new ParseException("it is no JSON object", 0);
    }

    private static void addIfUsable(Object member, boolean ofTenants, List<VerificationKey> usable) {
        try {
            VerificationKey key = key(member);
            usable.add(
                    ofTenants && member instanceof Map<?, ?> object && object.get("issuer") instanceof String issuer
                            ? key.of(issuer)
                            : key);
        } catch (ParseException | JOSEException | RuntimeException e) {
            System.getLogger("io.github.pkceauth")
                    .log(
                            System.Logger.Level.DEBUG,
                            "a key of the provider is left out: {0}",
                            Printable.of(e.getMessage()));
        }
    }
}
