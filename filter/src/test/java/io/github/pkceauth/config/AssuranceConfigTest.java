package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.oidc.ClientAuthentication;
import io.github.pkceauth.oidc.Pushing;
import io.github.pkceauth.oidc.SenderConstraint;
import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.SigningKey;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TestTls;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of keys, certificates, bound tokens and the profile: what they mean, and how they contradict each other. */
class AssuranceConfigTest {

    private static final String SECRET = "a secret of more than thirty-two bytes";

    private static final String KEY = ClientJwk.of(TestKeys.p256());

    private static final String HINT_OF_KEY = "give clientKey as well: the private key, as a JWK or PEM";

    private static final String HINT_OF_STORE =
            "give keyStore as well: the certificate and its key, as PKCS #12 or PEM";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static DeploymentBuilder with(String... params) {
        DeploymentBuilder deployment = DeploymentBuilder.minimal();
        for (int i = 0; i < params.length; i += 2) {
            deployment.initParam(params[i], params[i + 1]);
        }
        return deployment;
    }

    /** The mend of the one problem, which is about that parameter; nothing of a key is in the message. */
    private static void assertMend(String parameter, String mend, DeploymentBuilder deployment) {
        String problem = deployment.problem();
        assertTrue(problem.startsWith(parameter + " = "), problem);
        assertTrue(problem.endsWith(": " + mend), problem);
        assertNothingOfKeys(deployment.message());
    }

    private static void assertNothingOfKeys(String message) {
        for (SigningKey key : List.of(TestKeys.p256(), TestKeys.rsa(), TestKeys.ed25519(), TestKeys.p384())) {
            String jwk = ClientJwk.of(key);
            assertFalse(message.contains(Json.string(Json.object(jwk), "d")), message);
            for (String line : ClientJwk.pem(key).lines().toList()) {
                assertFalse(message.contains(line), message);
            }
        }
        assertFalse(message.contains(SECRET), message);
    }

    // What stands where nothing is said

    @Test
    void byDefaultNothingMoreThanUsualIsDone() {
        Config config = DeploymentBuilder.minimal().config();

        assertEquals(Pushing.AUTO, config.client().assurance().pushing());
        assertEquals(SenderConstraint.NONE, config.client().assurance().constraint());
        assertFalse(config.client().assurance().signsRequests());
        assertFalse(config.client().assurance().fapi2());
        assertEquals(Optional.empty(), config.client().assurance().keys().signing());
        assertEquals("none", config.client().authentication().method());
    }

    @Test
    void theProfileTurnsOnWhatItWants() {
        Config config = with("profile", "fapi2", "clientKey", KEY).config();

        assertEquals(Pushing.REQUIRED, config.client().assurance().pushing());
        assertEquals(SenderConstraint.DPOP, config.client().assurance().constraint());
        assertTrue(config.client().assurance().fapi2());
        assertEquals("private_key_jwt", config.client().authentication().method());
    }

    @Test
    void theProfileTakesCertificatesForBoth() {
        Config config = with(
                        "profile",
                        "fapi2",
                        "clientAuthentication",
                        "tls_client_auth",
                        "senderConstraint",
                        "mtls",
                        "keyStore",
                        TestTls.CLIENT.pemWithKey())
                .config();

        assertEquals(SenderConstraint.MTLS, config.client().assurance().constraint());
        assertTrue(config.client().authentication() instanceof ClientAuthentication.MutualTls);
    }

    @ParameterizedTest
    @CsvSource({
        "clientKey, private_key_jwt",
        "clientSecret, client_secret_basic",
        "both, client_secret_basic",
        "neither, none"
    })
    void theUsualMethodIsThatOfWhatIsThere(String given, String method) {
        DeploymentBuilder deployment = DeploymentBuilder.minimal();
        if (given.equals("clientKey") || given.equals("both")) {
            deployment.initParam("clientKey", KEY);
        }
        if (given.equals("clientSecret") || given.equals("both")) {
            deployment.initParam("clientSecret", SECRET);
        }
        assertEquals(method, deployment.config().client().authentication().method());
    }

    @Test
    void underTheProfileAKeyIsMoreThanASecret() {
        DeploymentBuilder deployment = with("profile", "fapi2", "clientKey", KEY, "clientSecret", SECRET);

        assertEquals(
                "private_key_jwt", deployment.config().client().authentication().method());
        assertTrue(deployment
                .read()
                .warnings()
                .contains(
                        "clientAuthentication is private_key_jwt, so the token endpoint is not sent the clientSecret"));
    }

    // How the client proves itself

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "client_secret_basic; give clientSecret as well, or write none",
                "client_secret_post; give clientSecret as well, or write none",
                "client_secret_jwt; give clientSecret as well, or write none",
                "private_key_jwt; " + HINT_OF_KEY,
                "tls_client_auth; " + HINT_OF_STORE,
                "self_signed_tls_client_auth; " + HINT_OF_STORE
            })
    void aMethodNeedsItsProof(String method, String mend) {
        assertMend("clientAuthentication", mend, with("clientAuthentication", method));
    }

    @Test
    void aSecretThatSignsMustBeLong() {
        assertMend(
                "clientAuthentication",
                "it needs a clientSecret of 32 bytes at the least; better give clientKey and write private_key_jwt",
                with("clientAuthentication", "client_secret_jwt", "clientSecret", "x".repeat(31)));
        assertEquals(
                "client_secret_jwt",
                with("clientAuthentication", "client_secret_jwt", "clientSecret", "x".repeat(32))
                        .config()
                        .client()
                        .authentication()
                        .method());
    }

    @Test
    void anUnknownMethodIsToldWithThoseThereAre() {
        String problem = with("clientAuthentication", "private_key").problem();
        assertTrue(problem.contains("private_key_jwt"), problem);
    }

    @Test
    void keysForEncryptionAloneProveNothing() {
        assertMend(
                "clientKey",
                "its keys are all for encryption (use=enc): give one that signs, or write clientAuthentication none",
                with("clientKey", changed(TestKeys.p256(), jwk -> jwk.put("use", "enc"))));
    }

    @Test
    void aKeyThatMayNotSignByTheProfileIsTold() {
        assertMend(
                "clientKey",
                "profile=fapi2 signs with PS256, ES256 or EdDSA: give an RSA key without another alg, one on P-256, or an"
                        + " Ed25519 key",
                with("profile", "fapi2", "clientKey", ClientJwk.of(TestKeys.p384())));
        assertMend(
                "clientKey",
                "profile=fapi2 signs with PS256, ES256 or EdDSA: give an RSA key without another alg, one on P-256, or an"
                        + " Ed25519 key",
                with("profile", "fapi2", "clientKey", changed(TestKeys.rsa(), jwk -> jwk.put("alg", "RS256"))));
    }

    @Test
    void signedRequestsNeedAKeyThatSigns() {
        assertMend("requestObject", HINT_OF_KEY, with("requestObject", "signed"));
        assertMend(
                "requestObject",
                "clientKey has no key that may sign",
                with(
                        "requestObject",
                        "signed",
                        "clientAuthentication",
                        "none",
                        "clientKey",
                        changed(TestKeys.p256(), jwk -> jwk.put("use", "enc"))));
    }

    // Client keys

    private static String changed(SigningKey key, Consumer<Map<String, Object>> change) {
        Map<String, Object> jwk = new LinkedHashMap<>(Json.object(ClientJwk.of(key)));
        change.accept(jwk);
        return Json.text(jwk);
    }

    private static String pem(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END "
                + label + "-----\n";
    }

    private static PrivateKey generated(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            return generator.generateKeyPair().getPrivate();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Arguments> goodKeys() {
        List<Arguments> all = new ArrayList<>();
        for (SigningKey key :
                List.of(TestKeys.rsa(), TestKeys.p256(), TestKeys.p384(), TestKeys.p521(), TestKeys.ed25519())) {
            all.add(Arguments.of(key + " as JWK", ClientJwk.of(key), 1));
            all.add(Arguments.of(key + " as PEM", ClientJwk.pem(key), 1));
        }
        all.add(Arguments.of("a set", "{\"keys\":[" + KEY + "," + ClientJwk.of(TestKeys.rsa()) + "]}", 2));
        all.add(Arguments.of(
                "two blocks with words between",
                "the new one\n" + ClientJwk.pem(TestKeys.rsa()) + "the old one\n" + ClientJwk.pem(TestKeys.p256()),
                2));
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodKeys")
    void keysAreRead(String what, String text, int number) {
        assertEquals(
                number,
                with("clientKey", text)
                        .config()
                        .client()
                        .assurance()
                        .keys()
                        .all()
                        .size(),
                what);
    }

    private static Stream<Arguments> badKeys() {
        String openssl = "; only PKCS #8 without a password is read: openssl pkcs8 -topk8 -nocrypt -in old.pem -out"
                + " new.pem";
        byte[] some = TestKeys.rsa().privateKey().getEncoded();
        return Stream.of(
                Arguments.of("{}", "one of its keys is no JWK that can be read"),
                Arguments.of("{\"keys\":[]}", "there is no private key in it"),
                Arguments.of("{\"keys\":[7]}", "one of its keys is no JWK that can be read"),
                Arguments.of(
                        "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                        "the JWK is of a kind that is not supported; write RSA, EC" + " or OKP (Ed25519)"),
                Arguments.of(
                        changed(TestKeys.p256(), jwk -> jwk.remove("d")),
                        "the JWK has no private part; give the private key"),
                Arguments.of(
                        "{\"keys\":[" + KEY + "," + Json.text(TestKeys.rsa().publicJwk()) + "]}",
                        "the JWK has no private part; give the private key"),
                Arguments.of(
                        changed(TestKeys.p256(), jwk -> jwk.put("alg", "RSA-OAEP")),
                        "the alg of the JWK, RSA-OAEP, does not fit its kind"),
                Arguments.of(
                        changed(TestKeys.p256(), jwk -> jwk.put("alg", "ES384")),
                        "the alg of the JWK, ES384, does not fit its kind"),
                Arguments.of(
                        changed(TestKeys.rsa(), jwk -> jwk.put("alg", "none")),
                        "the alg of the JWK, none, does not fit its kind"),
                Arguments.of(
                        changed(TestKeys.rsa(), jwk -> jwk.put("alg", "HS256")),
                        "the alg of the JWK, HS256, does not fit its kind"),
                Arguments.of(
                        pem("PRIVATE KEY", generated("RSA", 1024).getEncoded()),
                        "an RSA key of less than 2048 bits is too weak; make a longer one"),
                Arguments.of(pem("RSA PRIVATE KEY", some), "a key in it is a RSA PRIVATE KEY" + openssl),
                Arguments.of(pem("EC PRIVATE KEY", some), "a key in it is a EC PRIVATE KEY" + openssl),
                Arguments.of(pem("ENCRYPTED PRIVATE KEY", some), "a key in it is a ENCRYPTED PRIVATE KEY" + openssl),
                Arguments.of(pem("PUBLIC KEY", some), "there is no private key in it"),
                Arguments.of(
                        pem("PRIVATE KEY", generated("DSA", 1024).getEncoded()),
                        "a private key in it is none of [RSA, EC, Ed25519] that can be read"),
                Arguments.of(
                        pem("PRIVATE KEY", new byte[20]),
                        "a private key in it is none of [RSA, EC, Ed25519] that can be read"),
                Arguments.of(
                        "-----BEGIN PRIVATE KEY-----\nAAAA=AAAA\n-----END PRIVATE KEY-----",
                        "a private key in it is not written in base64"),
                Arguments.of(ClientJwk.pem(TestKeys.p256()).replaceFirst("-----END.*", ""), "a block in it has no end"),
                Arguments.of(
                        "keys/client.pem",
                        "it is neither a JWK nor a JWK set nor PEM; a file is named in clientKeyFile"),
                Arguments.of(
                        Base64.getEncoder().encodeToString(some),
                        "it is neither a JWK nor a JWK set nor PEM; a file is named in clientKeyFile"));
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void aKeyThatCannotBeUsedIsToldWithTheMend(String text, String mend) {
        assertMend("clientKey", mend, with("clientKey", text));
    }

    @Test
    void aKeyOnACurveOfItsOwnIsToldWithTheCurvesThereAre() {
        String problem = with(
                        "clientKey",
                        "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g\","
                                + "\"y\":\"SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg\","
                                + "\"d\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\"}")
                .problem();
        assertTrue(problem.endsWith(": an EC key must be on P-256, P-384 or P-521"), problem);
    }

    @Test
    void aKeyMayLieInAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("client.pem"), ClientJwk.pem(TestKeys.p256()));

        assertEquals(
                "private_key_jwt",
                DeploymentBuilder.minimal()
                        .initParam("clientKeyFile", file.toString())
                        .config()
                        .client()
                        .authentication()
                        .method());
    }

    @Test
    void aKeyInThePlaceOfAFileNameIsNotShown() {
        for (String text : List.of(ClientJwk.pem(TestKeys.rsa()), ClientJwk.of(TestKeys.rsa()))) {
            String message = with("clientKeyFile", text).message();
            assertTrue(message.contains("names the file [hidden]"), message);
            assertNothingOfKeys(message);
        }
    }

    // Encryption

    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"})
    void anAlgorithmOfEncryptionNeedsAKeyOfItsKind(String algorithm) {
        boolean rsa = algorithm.startsWith("RSA");
        SigningKey fitting = rsa ? TestKeys.rsa() : TestKeys.p256();
        SigningKey other = rsa ? TestKeys.p256() : TestKeys.rsa();

        assertEquals(
                Optional.of(JWEAlgorithm.parse(algorithm)),
                with("idTokenEncryptedResponseAlg", algorithm, "clientKey", ClientJwk.pem(fitting))
                        .config()
                        .client()
                        .assurance()
                        .idTokenEncryption());
        assertMend(
                "idTokenEncryptedResponseAlg",
                "no key of clientKey can decrypt by it: give one of the " + (rsa ? "RSA" : "EC") + " kind",
                with("idTokenEncryptedResponseAlg", algorithm));
        assertMend(
                "idTokenEncryptedResponseAlg",
                "no key of clientKey can decrypt by it: give one of the " + (rsa ? "RSA" : "EC")
                        + " kind, as a further one, or write one of "
                        + (rsa ? "[ECDH-ES, ECDH-ES+A128KW, ECDH-ES+A256KW]" : "[RSA-OAEP, RSA-OAEP-256]"),
                with("idTokenEncryptedResponseAlg", algorithm, "clientKey", ClientJwk.pem(other)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA1_5", "RSA-OAEP-512", "dir", "A128KW", "none"})
    void weakOrUnknownOnesAreNotAgreedOn(String algorithm) {
        String problem = with("idTokenEncryptedResponseAlg", algorithm, "clientKey", ClientJwk.pem(TestKeys.rsa()))
                .problem();
        assertTrue(problem.startsWith("idTokenEncryptedResponseAlg = '" + algorithm + "'"), problem);
        assertTrue(problem.contains("RSA-OAEP-256"), problem);
    }

    // Certificates

    private DeploymentBuilder mutualTls(String keyStore, String... more) {
        DeploymentBuilder deployment = with(more);
        return deployment.initParam("clientAuthentication", "tls_client_auth").initParam("keyStore", keyStore);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void aKeyStoreIsOpenedWithItsPassword(String type) {
        Path file = TestTls.CLIENT.writeKeyStore(folder.resolve("client.store"), "hush-hush", type);

        Config config =
                mutualTls(file.toString(), "keyStorePassword", "hush-hush").config();

        assertTrue(config.client().usesMutualTls());
        assertTrue(config.tls().context().isPresent());
    }

    @Test
    void pemIsReadFromAFileFromAFilesContentAndAsItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("client.pem"), TestTls.CLIENT.pemWithKey());

        assertTrue(mutualTls(file.toString()).config().tls().context().isPresent());
        assertTrue(
                mutualTls(TestTls.CLIENT.pemWithKey()).config().tls().context().isPresent());
        assertTrue(with("clientAuthentication", "tls_client_auth", "keyStoreFile", file.toString())
                .config()
                .tls()
                .context()
                .isPresent());
    }

    @ParameterizedTest
    @CsvSource({"PKCS12, wrong", "PKCS12, ''", "JKS, wrong"})
    void aWrongPasswordIsTold(String type, String password) {
        Path file = TestTls.CLIENT.writeKeyStore(folder.resolve("client.store"), "hush-hush", type);
        DeploymentBuilder deployment = password.isEmpty()
                ? mutualTls(file.toString())
                : mutualTls(file.toString(), "keyStorePassword", password);

        assertMend(
                "keyStore",
                "the file '" + file + "' cannot be read or opened (IOException); name a key store of PKCS #12, with its"
                        + " password in keyStorePassword, or a PEM file",
                deployment);
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        assertMend(
                "keyStore",
                "the file '" + folder.resolve("none.p12")
                        + "' cannot be read or opened (NoSuchFileException); name a key"
                        + " store of PKCS #12, with its password in keyStorePassword, or a PEM file",
                mutualTls(folder.resolve("none.p12").toString()));
    }

    @Test
    void aKeyStoreInThePlaceOfItsNameIsNotShown() throws Exception {
        Path file = TestTls.CLIENT.writeKeyStore(folder.resolve("client.p12"), "hush-hush");
        String content = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        String key =
                Base64.getEncoder().encodeToString(TestKeys.rsa().privateKey().getEncoded());

        for (String text : List.of(content, key)) {
            String message = mutualTls(text, "keyStorePassword", "hush-hush").message();
            assertTrue(message.contains("the file [hidden] cannot be read"), message);
            assertFalse(message.contains(text.substring(0, 40)), message);
        }
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private String written(KeyStore store) throws Exception {
        Path file = folder.resolve("made.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "hush-hush".toCharArray());
        }
        return file.toString();
    }

    @Test
    void thereMustBeOneKeyInAStore() throws Exception {
        KeyStore none = emptyStore();
        none.setCertificateEntry("ca", TestTls.CLIENT.certificate());
        String file = written(none);
        assertMend(
                "keyStore",
                "the certificate '" + file
                        + "' cannot be used: there must be one private key in the key store, and there are 0",
                mutualTls(file, "keyStorePassword", "hush-hush"));

        KeyStore two = emptyStore();
        for (TestTls identity : List.of(TestTls.CLIENT, TestTls.OTHER_CLIENT)) {
            two.setKeyEntry(
                    identity.name(),
                    identity.signingKey("x").privateKey(),
                    "hush-hush".toCharArray(),
                    new Certificate[] {identity.certificate()});
        }
        assertMend(
                "keyStore",
                "the certificate '" + file
                        + "' cannot be used: there must be one private key in the key store, and there are 2",
                mutualTls(written(two), "keyStorePassword", "hush-hush"));
    }

    @Test
    void pemMustHaveOneKeyAndItsCertificate() {
        String certificate = TestTls.CLIENT.pemWithKey().replaceAll("(?s)-----BEGIN PRIVATE KEY.*", "");
        assertMend(
                "keyStore",
                "the certificate cannot be used: PEM must have the certificate, those between it and its authority, and"
                        + " the one private key; this has 2 certificates and 0 keys",
                mutualTls(certificate));
        assertMend(
                "keyStore",
                "the certificate cannot be used: PEM must have the certificate, those between it and its authority, and"
                        + " the one private key; this has 0 certificates and 1 keys",
                mutualTls(ClientJwk.pem(TestKeys.p256())));
        assertMend(
                "keyStore",
                "the certificate cannot be used: the first certificate is for a key of the kind EC, and the key is RSA",
                mutualTls(certificate + ClientJwk.pem(TestKeys.rsa())));
    }

    @Test
    void aKeyOfAnotherCertificateIsTold() {
        String certificate = TestTls.CLIENT.pemWithKey().replaceAll("(?s)-----BEGIN PRIVATE KEY.*", "");
        String message = mutualTls(certificate + ClientJwk.pem(TestKeys.p256())).message();
        assertTrue(message.contains("the private key is not that of the first certificate"), message);
        assertNothingOfKeys(message);
    }

    @Test
    void certificatesAreForMutualTls() {
        assertMend(
                "keyStore",
                "it is for mutual TLS: write clientAuthentication tls_client_auth or self_signed_tls_client_auth, or"
                        + " senderConstraint mtls; or remove it",
                with("keyStore", TestTls.CLIENT.pemWithKey()));
        assertMend(
                "keyStorePassword",
                "it is for keyStore: give that, or remove it",
                with("keyStorePassword", "hush-hush"));
        assertMend("senderConstraint", HINT_OF_STORE, with("senderConstraint", "mtls"));
    }

    @Test
    void aPasswordIsNotShown() {
        assertFalse(with("keyStorePassword", "hush-hush").message().contains("hush-hush"));
        Path file = TestTls.CLIENT.writeKeyStore(folder.resolve("client.p12"), "hush-hush");
        assertFalse(mutualTls(file.toString(), "keyStorePassword", "wrong-hush")
                .message()
                .contains("wrong-hush"));
    }

    // The profile

    private static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(
                        "pushedAuthorization",
                        "auto",
                        "every authorization request to be pushed: remove" + " pushedAuthorization"),
                Arguments.of(
                        "pushedAuthorization",
                        "never",
                        "every authorization request to be pushed: remove" + " pushedAuthorization"),
                Arguments.of("senderConstraint", "none", "tokens that are bound to a key: write dpop or mtls"),
                Arguments.of(
                        "idTokenSignedResponseAlg",
                        "RS256",
                        "ID tokens that are signed by PS256, ES256 or EdDSA: have the client registered for one of"
                                + " them"),
                Arguments.of(
                        "idTokenSignedResponseAlg",
                        "ES384",
                        "ID tokens that are signed by PS256, ES256 or EdDSA: have the client registered for one of"
                                + " them"),
                Arguments.of("allowInsecureHttp", "true", "https: remove allowInsecureHttp"),
                Arguments.of(
                        "clientAuthentication",
                        "none",
                        "a client that proves itself by a key: give clientKey, for private_key_jwt; or keyStore, and write"
                                + " clientAuthentication tls_client_auth or self_signed_tls_client_auth"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorizationEndpoint", "tokenEndpoint", "jwksUri", "revocationEndpoint"})
    void theProfileTakesTheProvidersAddressesFromItsMetadata(String parameter) {
        assertMend(
                parameter,
                "profile=fapi2 wants the provider's addresses out of its metadata alone: remove it",
                with("profile", "fapi2", "clientKey", KEY, parameter, "https://login.example.com/there"));
    }

    @Test
    void userinfoMayBeElsewhere() throws Exception {
        with("profile", "fapi2", "clientKey", KEY, "userinfoEndpoint", "https://api.example.com/me")
                .config();
    }

    /** As where applications are configured by their environment: only what switches it off is worth a warning. */
    @Test
    void theProfileFromOutsideIsNoAlarmUnlessItIsSwitchedOff() throws Exception {
        assertEquals(
                List.of(),
                with("clientKey", KEY)
                        .environment("PKCE_PROFILE", "fapi2")
                        .read()
                        .warnings());
        assertTrue(with("profile", "fapi2", "clientKey", KEY)
                .environment("PKCE_PROFILE", "none")
                .read()
                .warnings()
                .toString()
                .contains("profile is set to 'none' from outside the application"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void whatContradictsTheProfileIsTold(String parameter, String value, String mend) {
        assertMend(
                parameter, "profile=fapi2 wants " + mend, with("profile", "fapi2", "clientKey", KEY, parameter, value));
    }

    @Test
    void withoutAnyProofTheProfileItselfIsToldOf() {
        String problem = with("profile", "fapi2").problem();
        assertTrue(problem.startsWith("profile = 'fapi2'"), problem);
        assertTrue(problem.contains("wants a client that proves itself by a key"), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "ES256", "EdDSA"})
    void itsAlgorithmsMayBeAgreedOn(String algorithm) {
        assertEquals(
                Optional.of(JWSAlgorithm.parse(algorithm)),
                with("profile", "fapi2", "clientKey", KEY, "idTokenSignedResponseAlg", algorithm)
                        .config()
                        .client()
                        .idTokenAlgorithm());
    }

    @Test
    void severalProblemsAreToldInOneMessageAndNothingOfAnyKeyIsInIt() {
        DeploymentBuilder deployment = with(
                "profile", "fapi2",
                "clientKey", changed(TestKeys.p256(), jwk -> jwk.put("alg", "RSA-OAEP")),
                "clientSecret", SECRET,
                "keyStore", ClientJwk.pem(TestKeys.rsa()),
                "keyStorePassword", "hush-hush",
                "senderConstraint", "none",
                "pushedAuthorization", "perhaps",
                "requestObject", "sometimes",
                "idTokenEncryptedResponseAlg", "RSA1_5");

        List<String> parameters = deployment.problems().stream()
                .map(problem -> problem.substring(0, problem.indexOf(' ')))
                .sorted()
                .distinct()
                .toList();

        assertEquals(
                List.of(
                        "clientKey",
                        "idTokenEncryptedResponseAlg",
                        "keyStore",
                        "pushedAuthorization",
                        "requestObject",
                        "senderConstraint"),
                parameters.stream().filter(name -> !name.equals("profile")).toList());
        assertNothingOfKeys(deployment.message());
        assertFalse(deployment.message().contains("hush-hush"));
    }

    @Test
    void theLineOfOriginsHasNoKeyEither() {
        ConfigReader.Reading reading = with(
                        "clientKey", KEY, "keyStore", TestTls.CLIENT.pemWithKey(), "senderConstraint", "mtls")
                .read();
        assertNothingOfKeys(reading.origins() + reading.warnings() + reading.config());
        assertFalse(reading.toString().contains("BEGIN PRIVATE KEY"));
    }

    // Keys and providers

    @Test
    void aKeyOfALowerPlaceThanTheIssuerIsNotUsedForIt() {
        String problem = DeploymentBuilder.empty()
                .environment("PKCE_ISSUER", "https://other.example.com")
                .initParam("clientId", "the-client")
                .initParam("clientKey", KEY)
                .problem();
        assertTrue(problem.startsWith("clientKey (init-param"), problem);
        assertTrue(
                problem.contains("was not meant for the issuer")
                        && problem.contains("would be sent what is proved with it"),
                problem);
        assertTrue(problem.endsWith("give clientKey in the same place as issuer"), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOKEN_ENDPOINT", "REVOCATION_ENDPOINT", "METADATA_URL"})
    void norForAnotherReceiver(String receiver) {
        String problem = with("clientKey", KEY)
                .environment("PKCE_" + receiver, "https://other.example.com/x")
                .problem();
        assertTrue(problem.startsWith("clientKey ("), problem);
    }

    @Test
    void theSameHoldsForACertificate() {
        String problem = with("clientAuthentication", "tls_client_auth", "keyStore", TestTls.CLIENT.pemWithKey())
                .environment("PKCE_TOKEN_ENDPOINT", "https://other.example.com/token")
                .problem();
        assertTrue(problem.startsWith("keyStore ("), problem);
    }

    @Test
    void aKeyOfAllFiltersIsNotOfOneFiltersProvider() {
        String problem = DeploymentBuilder.empty()
                .besides("other")
                .environment("PKCE_LOGIN_ISSUER", DeploymentBuilder.ISSUER)
                .environment("PKCE_LOGIN_CLIENT_ID", "the-client")
                .environment("PKCE_CLIENT_KEY", KEY)
                .problem();
        assertTrue(problem.startsWith("clientKey ("), problem);
        assertTrue(problem.contains("one provider would be sent another's proofs"), problem);
        assertTrue(problem.contains("PKCE_LOGIN_CLIENT_KEY"), problem);
        assertNothingOfKeys(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"private_key_jwt", "client_secret_jwt", "none"})
    void whatIsSignedForOneIssuerIsForNoTenant(String method) {
        DeploymentBuilder deployment = DeploymentBuilder.empty()
                .initParam("issuer", "https://login.example.com/{tenantid}/v2.0")
                .initParam("tenants", "11111111-2222-3333-4444-555555555555")
                .initParam("metadataUrl", "https://login.example.com/organizations/.well-known/openid-configuration")
                .initParam("clientId", "the-client")
                .initParam("clientKey", KEY)
                .initParam("clientSecret", SECRET)
                .initParam("clientAuthentication", method);
        if (method.equals("none")) {
            deployment.initParam("requestObject", "signed");
        }
        assertMend(
                "tenants",
                "what the client signs is for one issuer alone, which is no tenant's: write another"
                        + " clientAuthentication, and requestObject none",
                deployment);
    }

    @ParameterizedTest
    @CsvSource({
        "profile, fapi1",
        "pushedAuthorization, sometimes",
        "requestObject, encrypted",
        "senderConstraint, bearer",
        "responseMode, fragment"
    })
    void otherWordsAreToldWithThoseThereAre(String parameter, String word) {
        String problem = with(parameter, word).problem();
        assertTrue(problem.startsWith(parameter + " = '" + word + "'"), problem);
    }
}
