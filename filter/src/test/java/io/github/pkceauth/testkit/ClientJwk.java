package io.github.pkceauth.testkit;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client's key as deployments write it: a JWK with its private part, for all that such a key can do. */
public final class ClientJwk {
    private ClientJwk() {}

    /** The value of {@code clientKey}. */
    public static String of(SigningKey key) {
        Map<String, Object> publicJwk = new LinkedHashMap<>(key.publicJwk());
        publicJwk.remove("use");
        try {
            return withPrivatePart(JWK.parse(publicJwk), key).toJSONString();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWK withPrivatePart(JWK jwk, SigningKey key) {
        if (key.privateKey() instanceof RSAPrivateKey rsa) {
            return new RSAKey.Builder(jwk.toRSAKey()).privateKey(rsa).build();
        }
        if (key.privateKey() instanceof ECPrivateKey ec) {
            return new ECKey.Builder(jwk.toECKey()).privateKey(ec).build();
        }
        if (key.privateKey() instanceof EdECPrivateKey edwards) {
            Base64URL secret = Base64URL.encode(edwards.getBytes().orElseThrow());
            return new OctetKeyPair.Builder(jwk.toOctetKeyPair()).d(secret).build();
        }
        throw new IllegalArgumentException("No client key: " + key);
    }
}
