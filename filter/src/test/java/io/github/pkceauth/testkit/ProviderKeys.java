package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the provider signs with, and what it publishes. Thread-safe. */
public final class ProviderKeys {
    private final List<SigningKey> signing = new ArrayList<>();
    private final List<Map<String, Object>> published = new ArrayList<>();
    private int rotations = 1;
    private boolean namesHidden;

    ProviderKeys() {
        List<SigningKey> own =
                List.of(TestKeys.rsa(), TestKeys.p256(), TestKeys.p384(), TestKeys.p521(), TestKeys.ed25519());
        signing.addAll(own);
        own.forEach(key -> published.add(key.publicJwk()));
    }

    /** Signs with a new RSA key from now on, and publishes it in place of the old one. */
    public synchronized SigningKey rotate() {
        SigningKey old = signing.get(0);
        rotations++;
        SigningKey material = rotations % 2 == 0 ? TestKeys.otherRsa() : TestKeys.rsa();
        SigningKey fresh = material.named("rsa-" + rotations);
        signing.set(0, fresh);
        withdraw(old.kid());
        published.add(0, fresh.publicJwk());
        return fresh;
    }

    /** Publishes another JWK, behind the others; any JSON object will do. */
    public synchronized ProviderKeys publish(Map<String, Object> jwk) {
        published.add(jwk);
        return this;
    }

    /** Publishes another JWK, before the others; any JSON object will do. */
    public synchronized ProviderKeys publishFirst(Map<String, Object> jwk) {
        published.add(0, jwk);
        return this;
    }

    /** No longer publishes the keys of that name. */
    public synchronized ProviderKeys withdraw(String kid) {
        published.removeIf(jwk -> kid.equals(jwk.get("kid")));
        return this;
    }

    /** Publishes the keys without their names. */
    public synchronized ProviderKeys hideNames() {
        namesHidden = true;
        return this;
    }

    /** The key that the algorithm's tokens are signed with. */
    public synchronized SigningKey signing(JWSAlgorithm algorithm) {
        return signing.stream()
                .filter(key -> key.suits(algorithm))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No key for " + algorithm));
    }

    /** The published JWKs. */
    public synchronized List<Map<String, Object>> published() {
        return published.stream().map(this::withOrWithoutName).toList();
    }

    private Map<String, Object> withOrWithoutName(Map<String, Object> jwk) {
        Map<String, Object> copy = new LinkedHashMap<>(jwk);
        if (namesHidden) {
            copy.remove("kid");
        }
        return copy;
    }
}
