package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import java.security.Key;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/** A JWT as an honest client makes it, until the test that tries the provider changes it. */
final class ClientJwt {
    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();

    private ClientJwt() {}

    /** What the client authenticates by. */
    static ClientJwt assertion(ScriptedProvider provider) {
        long now = Instant.now().getEpochSecond();
        return new ClientJwt()
                .with("iss", provider.clientId())
                .with("sub", provider.clientId())
                .with("aud", provider.issuer())
                .with("iat", now)
                .with("exp", now + 60)
                .with("jti", UUID.randomUUID().toString());
    }

    /** What proves that the client has the key, RFC 9449 section 4.2. */
    static ClientJwt proof(SigningKey key, String method, String address) {
        Map<String, Object> jwk = new LinkedHashMap<>(key.publicJwk());
        jwk.keySet().removeAll(List.of("kid", "use"));
        return new ClientJwt()
                .withHeader("typ", "dpop+jwt")
                .withHeader("jwk", jwk)
                .with("htm", method)
                .with("htu", address)
                .with("iat", Instant.now().getEpochSecond())
                .with("jti", UUID.randomUUID().toString());
    }

    /** The request as an object, RFC 9101 section 4. */
    static ClientJwt requestObject(ScriptedProvider provider, Parameters request) {
        long now = Instant.now().getEpochSecond();
        ClientJwt object = new ClientJwt()
                .withHeader("typ", "oauth-authz-req+jwt")
                .with("iss", provider.clientId())
                .with("aud", provider.issuer())
                .with("nbf", now)
                .with("exp", now + 300);
        request.entries().forEach(entry -> object.with(entry.getKey(), entry.getValue()));
        return object;
    }

    ClientJwt with(String claim, Object value) {
        claims.put(claim, value);
        return this;
    }

    ClientJwt without(String claim) {
        claims.remove(claim);
        return this;
    }

    ClientJwt withHeader(String name, Object value) {
        header.put(name, value);
        return this;
    }

    String signedBy(SigningKey key) {
        return signed(key.algorithm(), key.privateKey());
    }

    String signedWith(String secret) {
        return signed(JWSAlgorithm.HS256, new SecretKeySpec(Wire.utf8(secret), "HMAC"));
    }

    String unsigned() {
        header.put("alg", "none");
        return Jws.signingInput(Json.text(header), Json.text(claims)) + ".";
    }

    private String signed(JWSAlgorithm algorithm, Key key) {
        header.put("alg", algorithm.getName());
        String input = Jws.signingInput(Json.text(header), Json.text(claims));
        return input + "." + Jws.signature(algorithm, key, input);
    }
}
