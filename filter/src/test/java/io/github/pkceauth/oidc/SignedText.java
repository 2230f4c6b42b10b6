package io.github.pkceauth.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.pkceauth.testkit.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs whatever header and payload it is given, in compact form. */
final class SignedText {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private SignedText() {}

    /** Signed with the key, whose name and algorithm the header gets unless it says otherwise. */
    static String by(SigningKey key, Map<String, Object> header, Map<String, Object> payload) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("alg", key.algorithm().getName());
        whole.put("kid", key.kid());
        whole.putAll(header);
        return by(key, JSONObjectUtils.toJSONString(whole), JSONObjectUtils.toJSONString(payload));
    }

    static String by(SigningKey key, String header, String payload) {
        String input = encoded(header) + "." + encoded(payload);
        try {
            Signature signature = Signature.getInstance(
                    switch (key.algorithm().getName()) {
                        case "RS256" -> "SHA256withRSA";
                        case "ES256" -> "SHA256withECDSAinP1363Format";
                        default -> "Ed25519";
                    });
            signature.initSign(key.privateKey());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + BASE64URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String byHs256(byte[] secret, String header, String payload) {
        String input = encoded(header) + "." + encoded(payload);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return input + "." + BASE64URL.encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String encoded(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
