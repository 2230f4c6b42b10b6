package io.github.pkceauth.functional;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.ReceivedJwt;
import io.github.pkceauth.testkit.RecordedRequest;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TestTls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Providers and applications that bind tokens to keys, and what is to be seen of that. */
final class Assured {

    /** What a session keeps a login by. */
    static final String LOGIN = "io.github.pkceauth.login.login";

    private Assured() {}

    /** A provider that binds tokens to keys of logins, whose clock does not matter to how long ID tokens last. */
    static ScriptedProvider dpopProvider() {
        return Refreshes.provider().requiringDpop();
    }

    /** An application whose tokens are bound to keys of logins, and that calls userinfo each time. */
    static Scene dpop() {
        return dpop(dpopProvider(), app -> app);
    }

    static Scene dpop(ScriptedProvider provider, UnaryOperator<AppBuilder> more) {
        return Scene.clocked(
                provider,
                app -> more.apply(app.filterParam("senderConstraint", "dpop").filterParam("userinfo", "always")));
    }

    /** A provider that takes this client by its certificate, and binds tokens to that. */
    static ScriptedProvider mtlsProvider(TestTls certificate) {
        return ScriptedProvider.overMutualTls(TestTls.TRUSTED).withClientCertificate(certificate);
    }

    /** An application that proves itself by that certificate. */
    static UnaryOperator<AppBuilder> showing(TestTls certificate) {
        return app -> app.filterParam("trustedCertificates", TestTls.caPem())
                .filterParam("keyStore", certificate.pemWithKey())
                .filterParam(
                        "clientAuthentication",
                        certificate == TestTls.SELF_SIGNED_CLIENT ? "self_signed_tls_client_auth" : "tls_client_auth")
                .filterParam("senderConstraint", "mtls")
                .filterParam("userinfo", "always");
    }

    /** A provider as FAPI 2.0 wants it, with a client of {@code private_key_jwt} and DPoP. */
    static ScriptedProvider fapiProvider() {
        return Refreshes.provider()
                .signingBy(JWSAlgorithm.ES256)
                .withClientKey(TestKeys.p256())
                .requiringPushedRequests()
                .withDpopNonces();
    }

    /** The application of {@link #fapiProvider()}. */
    static AppBuilder fapi(AppBuilder app) {
        return app.filterParam("profile", "fapi2").filterParam("clientKey", ClientJwk.of(TestKeys.p256()));
    }

    /** What names the key of a proof, RFC 7638. */
    static String thumbprint(ReceivedJwt proof) {
        try {
            return JWK.parse(jwk(proof)).computeThumbprint().toString();
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> jwk(ReceivedJwt proof) {
        return (Map<String, Object>) proof.header().get("jwk");
    }

    /** What names the keys of all proofs at a path, each once. */
    static List<String> thumbprints(ScriptedProvider provider, String path) {
        return provider.dpopProofs(path).stream()
                .map(Assured::thumbprint)
                .distinct()
                .toList();
    }

    /** Method and path of all requests that the provider has got, in their order. */
    static List<String> calls(ScriptedProvider provider) {
        return provider.requests().stream().map(Assured::call).toList();
    }

    private static String call(RecordedRequest request) {
        return request.method() + " " + request.path();
    }

    /** A copy of what a session holds, as another node reads it. */
    static Object copied(Object attribute) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            try (ObjectOutputStream out = new ObjectOutputStream(written)) {
                out.writeObject(attribute);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(written.toByteArray()))) {
                return in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
