package io.github.pkceauth.interop.provider;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The providers: how each is started, and what an application has to be told of it. */
enum Product {
    /** Spring Authorization Server, as the example's development provider. */
    SPRING {
        @Override
        void assumeAvailable() {}

        @Override
        String issuer(World world) {
            return "http://127.0.0.1:" + world.providerPort();
        }

        @Override
        String rolesClaim() {
            return "roles";
        }

        @Override
        Server start(World world) {
            try {
                Path source = Path.of(Objects.requireNonNull(Product.class.getResource("/spring/SpringProvider.java"))
                        .toURI());
                return Server.start(
                        Java.command(
                                "-cp",
                                System.getProperty("example.jar"),
                                source.toString(),
                                String.valueOf(world.providerPort()),
                                String.valueOf(world.shopPort()),
                                World.SECRET),
                        Map.of(),
                        "The provider listens");
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
    },

    /** Keycloak's distribution, in development mode, with a database in memory: keys and users are new at each start. */
    KEYCLOAK {
        @Override
        void assumeAvailable() {
            assumeTrue(
                    System.getProperty(HOME) != null,
                    "Keycloak is tried where Maven's profile of that name fetches it: mvn verify -Pkeycloak");
        }

        @Override
        String issuer(World world) {
            return "http://127.0.0.1:" + world.providerPort() + "/realms/demo";
        }

        @Override
        String rolesClaim() {
            return "access_token:realm_access.roles";
        }

        @Override
        Server start(World world) {
            Path home = Path.of(System.getProperty(HOME));
            importAtStart(
                    home,
                    "demo-realm.json",
                    Map.of(
                            "shop.secret",
                            World.SECRET,
                            "shop.port",
                            String.valueOf(world.shopPort()),
                            "library.port",
                            String.valueOf(world.libraryPort())));
            importAtStart(home, AssuredRealm.FILE, AssuredRealm.values(world));
            return Server.start(
                    List.of(
                            "sh",
                            home.resolve("bin").resolve("kc.sh").toString(),
                            "start-dev",
                            "--db=dev-mem",
                            "--import-realm",
                            "--http-host=127.0.0.1",
                            "--http-port=" + world.providerPort(),
                            "--https-port=" + world.securePort(),
                            "--https-key-store-file=" + Certificates.SERVER,
                            "--https-key-store-password=" + Certificates.PASSWORD,
                            "--https-trust-store-file=" + Certificates.AUTHORITY,
                            "--https-trust-store-password=" + Certificates.PASSWORD,
                            "--https-client-auth=request"),
                    Map.of(
                            "JAVA_HOME",
                            Java.home(),
                            "JAVA_OPTS_APPEND",
                            "-XX:TieredStopAtLevel=1",
                            "KC_BOOTSTRAP_ADMIN_USERNAME",
                            Keycloak.ADMINISTRATOR,
                            "KC_BOOTSTRAP_ADMIN_PASSWORD",
                            Keycloak.ADMINISTRATOR),
                    "Listening on: ");
        }

        private void importAtStart(Path home, String realm, Map<String, String> values) {
            try (InputStream in = Objects.requireNonNull(Product.class.getResourceAsStream("/keycloak/" + realm))) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                for (Map.Entry<String, String> value : values.entrySet()) {
                    text = text.replace("${" + value.getKey() + "}", value.getValue());
                }
                Path folder = Files.createDirectories(home.resolve("data").resolve("import"));
                Files.writeString(folder.resolve(realm), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final String HOME = "keycloak.home";

    /** Skips the test, with the reason, where the product is not at hand. */
    abstract void assumeAvailable();

    abstract String issuer(World world);

    /** Where it puts roles if nobody tells it otherwise. */
    abstract String rolesClaim();

    /** Starts it and waits until it serves. */
    abstract Server start(World world);

    /** A member of its metadata. */
    static String metadata(World world, String member) {
        Page page = Browser.open().fetch(world.issuer() + "/.well-known/openid-configuration");
        return Json.string(page.json(), member);
    }
}
