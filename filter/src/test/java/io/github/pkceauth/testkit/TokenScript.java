package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import java.security.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** How the provider's signed tokens of one kind depart from honesty. Thread-safe. */
public final class TokenScript {
    private final List<Consumer<Map<String, @Nullable Object>>> headerBends = new CopyOnWriteArrayList<>();
    private final List<Consumer<Map<String, @Nullable Object>>> claimBends = new CopyOnWriteArrayList<>();
    private final List<UnaryOperator<String>> compactBends = new CopyOnWriteArrayList<>();
    private volatile @Nullable JWSAlgorithm algorithm;
    private volatile @Nullable Key key;
    private volatile @Nullable String payload;

    TokenScript() {}

    /** Says another issuer. */
    public TokenScript withIssuer(String issuer) {
        return withClaim("iss", issuer);
    }

    /** Says another subject. */
    public TokenScript withSubject(String subject) {
        return withClaim("sub", subject);
    }

    /** Says another audience: one as a string, several as an array. */
    public TokenScript withAudience(String... audience) {
        return withClaim("aud", audience.length == 1 ? audience[0] : List.of(audience));
    }

    /** Adds or replaces a claim; null becomes JSON's null. */
    public TokenScript withClaim(String name, @Nullable Object value) {
        claimBends.add(claims -> claims.put(name, value));
        return this;
    }

    /** Leaves claims out. */
    public TokenScript withoutClaim(String... names) {
        claimBends.add(claims -> claims.keySet().removeAll(List.of(names)));
        return this;
    }

    /** Adds or replaces a header parameter; null becomes JSON's null. */
    public TokenScript withHeader(String name, @Nullable Object value) {
        headerBends.add(header -> header.put(name, value));
        return this;
    }

    /** Leaves header parameters out. */
    public TokenScript withoutHeader(String... names) {
        headerBends.add(header -> header.keySet().removeAll(List.of(names)));
        return this;
    }

    /** Signs by another algorithm, with the provider's own published key for it. */
    public TokenScript withAlgorithm(JWSAlgorithm other) {
        algorithm = other;
        return this;
    }

    /** Signs with another key, by its algorithm, under the honest key's name. */
    public TokenScript signedWith(SigningKey other) {
        key = other.privateKey();
        return withAlgorithm(other.algorithm());
    }

    /** Signs by HMAC with this secret. */
    public TokenScript signedWithSecret(JWSAlgorithm hmac, byte[] secret) {
        key = new SecretKeySpec(secret, "HMAC");
        return withAlgorithm(hmac);
    }

    /** Signs HS256 with the published RSA key's PEM text as the secret. */
    public TokenScript confusesPublicKeyWithSecret() {
        return signedWithSecret(JWSAlgorithm.HS256, Wire.utf8(Pem.publicKey(TestKeys.rsa())));
    }

    /** Signs with an attacker's key and carries it in the {@code jwk} header parameter. */
    public TokenScript withEmbeddedKey() {
        SigningKey attacker = TestKeys.attackerRsa();
        return signedWith(attacker).withHeader("jwk", attacker.publicJwk()).withHeader("kid", attacker.kid());
    }

    /** Signs with an attacker's key and names its address in {@code jku} or {@code x5u}. */
    public TokenScript withKeyAddress(String parameter, String address) {
        SigningKey attacker = TestKeys.attackerRsa();
        return signedWith(attacker).withHeader(parameter, address).withHeader("kid", attacker.kid());
    }

    /** Says {@code alg} none and has no signature. */
    public TokenScript unsigned() {
        return withHeader("alg", "none").withoutHeader("kid").withEmptySignature();
    }

    /** Has no signature, whatever {@code alg} says. */
    public TokenScript withEmptySignature() {
        return changed(token -> token.substring(0, token.lastIndexOf('.') + 1));
    }

    /** Has one wrong bit in the middle of its signature. */
    public TokenScript withBrokenSignature() {
        return changed(token -> {
            int middle = (token.lastIndexOf('.') + token.length()) / 2;
            char other = token.charAt(middle) == 'A' ? 'B' : 'A';
            return token.substring(0, middle) + other + token.substring(middle + 1);
        });
    }

    /** Signs this text in place of the claims. */
    public TokenScript rawPayload(String text) {
        payload = text;
        return this;
    }

    /** Sends this in place of the token. */
    public TokenScript rawToken(String text) {
        return changed(token -> text);
    }

    /** Changes the finished token. */
    public TokenScript changed(UnaryOperator<String> change) {
        compactBends.add(change);
        return this;
    }

    /** Forgets all that was scripted: honest again. */
    public TokenScript behaves() {
        headerBends.clear();
        claimBends.clear();
        compactBends.clear();
        algorithm = null;
        key = null;
        payload = null;
        return this;
    }

    /** The algorithm that the next token is signed by. */
    JWSAlgorithm algorithm(JWSAlgorithm honest) {
        JWSAlgorithm other = algorithm;
        return other == null ? honest : other;
    }

    /** Makes the token from the honest claims. */
    String mint(String type, Map<String, ?> honest, JWSAlgorithm honestAlgorithm, Keyring keyring) {
        JWSAlgorithm used = algorithm(honestAlgorithm);
        Key own = key;
        Keyring.Named named = keyring.find(own == null ? used : honestAlgorithm);
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("typ", type);
        header.put("alg", used.getName());
        if (!named.kid().isEmpty()) {
            header.put("kid", named.kid());
        }
        Map<String, @Nullable Object> claims = new LinkedHashMap<>(honest);
        headerBends.forEach(bend -> bend.accept(header));
        claimBends.forEach(bend -> bend.accept(claims));
        String raw = payload;
        String input = Jws.signingInput(Json.text(header), raw == null ? Json.text(claims) : raw);
        String token = input + "." + Jws.signature(used, own == null ? named.key() : own, input);
        for (UnaryOperator<String> bend : compactBends) {
            token = bend.apply(token);
        }
        return token;
    }
}
