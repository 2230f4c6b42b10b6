package io.github.pkceauth.oidc;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.text.ParseException;
import java.util.Optional;

/**
 * A login on its way from node to node, encrypted (RFC 7516, {@code dir} with {@code A256GCM}) with a
 * key that only those know who have the login already: the store in between learns no token, and
 * nobody who writes into it can forge one.
 */
public final class SealedLogin {

    /**
     * The classes that a session's attributes of the filter consist of, as a pattern of {@link
     * ObjectInputFilter.Config#createFilter}.
     */
    public static final String CLASSES = "io.github.pkceauth.oidc.*;"
            + "java.lang.Boolean;java.lang.Double;java.lang.Integer;java.lang.Long;java.lang.Number;java.lang.Object;"
            + "java.lang.String;java.time.Instant;java.time.Ser;java.util.ArrayList;java.util.Collections$Unmodifiable*;"
            + "java.util.HashMap;java.util.HashSet;java.util.LinkedHashMap;java.util.LinkedHashSet;java.util.Map$Entry";

    private SealedLogin() {}

    /** Seals a login. */
    public static String of(Login login) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(login);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has none, and a login is serializable
        }
        JWEObject jwe = new JWEObject(
                new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM), new Payload(bytes.toByteArray()));
        try {
            jwe.encrypt(new DirectEncrypter(key(login)));
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java platform lacks AES/GCM", e);
        }
        return jwe.serialize();
    }

    /**
     * Opens what was sealed.
     *
     * @param text the sealed login
     * @param known any state of the same login
     * @return the login, or empty where it is none of this one's, or of a version that is not understood
     */
    public static Optional<Login> open(String text, Login known) {
        try {
            JWEObject jwe = JWEObject.parse(text);
            jwe.decrypt(new DirectDecrypter(key(known)));
            return read(jwe.getPayload().toBytes()).filter(login -> known.id().equals(login.id()));
        } catch (ParseException | JOSEException | IOException | ClassNotFoundException | RuntimeException e) {
            System.getLogger("io.github.pkceauth")
                    .log(
                            System.Logger.Level.WARNING,
                            "another node has refreshed a login in a form that this one cannot read ({0})",
                            e.getClass().getName());
            return Optional.empty();
        }
    }

    private static Optional<Login> read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(ObjectInputFilter.Config.createFilter(CLASSES + ";!*"));
            return in.readObject() instanceof Login login ? Optional.of(login) : Optional.empty();
        }
    }

    private static byte[] key(Login login) {
        return Hashes.of("key of a sealed login", login.id());
    }
}
