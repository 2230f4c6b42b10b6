package io.github.pkceauth.interop.provider;

import io.github.pkceauth.testkit.Json;
import java.util.Map;

/** Keycloak's second realm, by TLS: clients of high assurance, each with a redirect URI at this machine. */
final class AssuredRealm {

    static final String FILE = "assured-realm.json";

    private AssuredRealm() {}

    static String issuer(World world) {
        return "https://127.0.0.1:" + world.securePort() + "/realms/assured";
    }

    /** What the file leaves open. */
    static Map<String, String> values(World world) {
        return Map.of(
                "shared.secret", World.SECRET,
                "assured.port", String.valueOf(world.assuredPort()),
                "es256.jwks", quoted(ClientKeys.ES256),
                "ps256.jwks", quoted(ClientKeys.PS256),
                "ecdh.jwks", quoted(ClientKeys.ECDH),
                "eddsa.jwks", quoted(ClientKeys.EDDSA),
                "mtls.subject", Certificates.clientSubject(),
                "mtls.authority", Certificates.authoritySubject());
    }

    /** As a string within the file, where it already stands in quotes. */
    private static String quoted(ClientKeys keys) {
        String member = Json.text(Map.of("", keys.published()));
        return member.substring("{\"\":\"".length(), member.length() - "\"}".length());
    }
}
