package io.github.pkceauth.testkit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How far an honest provider goes beyond secrets and bearer tokens. Thread-safe. */
final class Assurance {
    private final Set<String> usedIds = ConcurrentHashMap.newKeySet();
    final PushedRequests pushed = new PushedRequests();
    final RequestObjects requestObjects = new RequestObjects();
    final Dpop dpop = new Dpop();
    volatile List<Map<String, Object>> clientKeys = List.of();
    volatile boolean secretJwt;
    volatile @Nullable TestTls clientCertificate;
    volatile boolean requiresCertificates;
    volatile boolean signsUserinfo;
    volatile @Nullable Encryption idTokens;
    volatile @Nullable Encryption userinfo;

    /** Whether the client authenticates by JWTs, RFC 7523 section 2.2. */
    boolean takesAssertions() {
        return secretJwt || !clientKeys.isEmpty();
    }

    /** The ways in which the client may authenticate. */
    List<String> clientMethods() {
        if (!clientKeys.isEmpty()) {
            return List.of("private_key_jwt");
        }
        TestTls certificate = clientCertificate;
        if (certificate != null) {
            return List.of(certificate.isSelfSigned() ? "self_signed_tls_client_auth" : "tls_client_auth");
        }
        return secretJwt ? List.of("client_secret_jwt") : List.of("none", "client_secret_basic", "client_secret_post");
    }

    List<String> assertionAlgorithms() {
        return clientKeys.isEmpty() ? List.of("HS256") : ReceivedJwt.ALGORITHMS;
    }

    /** Whether this {@code jti} is there, and was never seen with a JWT of this kind; by this it is seen. */
    boolean isFirst(String kind, String jti) {
        return !jti.isEmpty() && usedIds.add(kind + " " + jti);
    }
}
