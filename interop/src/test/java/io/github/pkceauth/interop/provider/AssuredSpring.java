package io.github.pkceauth.interop.provider;

import io.github.pkceauth.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Spring Authorization Server by TLS, with clients of high assurance for the applications at one port. Started at first
 * need, and ended with the tests.
 */
final class AssuredSpring {

    private final int port = FreePort.next();
    private final int mtlsPort = FreePort.next();
    private final int applicationPort = FreePort.next();

    private AssuredSpring() {
        Path folder = Certificates.folder();
        try {
            Files.writeString(folder.resolve("es256.jwks"), ClientKeys.ES256.published());
            Files.writeString(folder.resolve("ps256.jwks"), ClientKeys.PS256.published());
            Files.writeString(
                    folder.resolve("self-signed.jwks"),
                    ClientKeys.published(Certificates.in(Certificates.SELF_SIGNED)));
            Path source = Path.of(
                    Objects.requireNonNull(AssuredSpring.class.getResource("/spring/AssuredSpringProvider.java"))
                            .toURI());
            Server.start(
                    Java.command(
                            "-cp",
                            System.getProperty("example.jar"),
                            source.toString(),
                            String.valueOf(port),
                            String.valueOf(mtlsPort),
                            String.valueOf(FreePort.next()),
                            String.valueOf(applicationPort),
                            folder.toString(),
                            Certificates.clientSubject()),
                    Map.of(),
                    "The provider listens");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one of these tests. */
    static AssuredSpring started() {
        return Holder.STARTED;
    }

    String issuer() {
        return "https://127.0.0.1:" + port;
    }

    /** Where it asks for certificates. */
    String mtlsOrigin() {
        return "https://127.0.0.1:" + mtlsPort;
    }

    int applicationPort() {
        return applicationPort;
    }

    private static final class Holder {
        static final AssuredSpring STARTED = new AssuredSpring();
    }
}
