package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the provider's metadata are found, and what happens while the provider is down. */
class MetadataTest {

    private static final String OPENID_METADATA = "/.well-known/openid-configuration";
    private static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";

    // Where the metadata are

    @Test
    void metadataAreReadOnceForManyLogins() {
        try (Scene scene = Scene.open()) {
            for (int i = 0; i < 3; i++) {
                scene.reset();
                scene.assertSignedIn(scene.logIn("/page"));
            }
            assertEquals(1, scene.provider.metadataCalls());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/realms/demo", "/realms/demo/"})
    void metadataAreFoundBehindTheIssuer(String path) {
        try (Scene scene = Scene.against(ScriptedProvider.start().withIssuerPath(path))) {
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(1, scene.provider.calls(path.replaceFirst("/$", "") + OPENID_METADATA));
            assertEquals(1, scene.provider.metadataCalls());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/realms/demo", "/realms/demo/"})
    void metadataAreFoundInTheMiddleOfTheIssuerWhereTheyAreNotBehindIt(String path) {
        try (Scene scene = Scene.against(ScriptedProvider.start().withIssuerPath(path))) {
            scene.provider.openidMetadata().answers(404, "text/html", "<h1>no</h1>");
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(1, scene.provider.calls(OAUTH_METADATA + path.replaceFirst("/$", "")));
        }
    }

    @Test
    void metadataThatAreNowhereAreToldAsSuch() {
        try (Scene scene = Scene.clocked(app -> app)) {
            scene.provider.metadata().answers(404, "text/html", "<h1>no</h1>");
            scene.assertNoLoginBegins(502, "metadata_invalid");
        }
    }

    @Test
    void metadataUrlIsTheOnlyPlaceWhereItIsGiven() {
        ScriptedProvider provider = ScriptedProvider.start().withIssuerPath("/x");
        try (Scene scene = Scene.against(
                provider, app -> app.filterParam("metadataUrl", provider.address(OAUTH_METADATA + "/x")))) {
            provider.openidMetadata().withStatus(500);
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(0, provider.calls("/x" + OPENID_METADATA));
            assertEquals(1, provider.metadataCalls());
        }
    }

    @Test
    void withAllAddressesGivenNoMetadataAreRead() {
        ScriptedProvider provider = ScriptedProvider.start();
        try (Scene scene = Scene.against(
                provider,
                app -> app.filterParam("authorizationEndpoint", provider.address(ScriptedProvider.AUTHORIZE))
                        .filterParam("tokenEndpoint", provider.address(ScriptedProvider.TOKEN))
                        .filterParam("jwksUri", provider.address(ScriptedProvider.JWKS)))) {
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(0, provider.metadataCalls());
        }
    }

    // A provider that is down

    @Test
    void aProviderThatIsDownStopsNeitherTheStartNorALiveSession() {
        ScriptedProvider provider = ScriptedProvider.start();
        provider.everywhere().resets();
        try (Scene scene = Scene.clocked(provider, app -> app)) {
            Page page = scene.assertNoLoginBegins(503, "provider_unreachable");
            assertTrue(Integer.parseInt(page.header("Retry-After")) > 0);

            provider.everywhere().resets();
            scene.assertSignedIn(scene.browser().navigate(scene.url("/page")));
        }
    }

    @Test
    void aFloodOfVisitorsDoesNotBecomeAFloodOfCalls() {
        ScriptedProvider provider = ScriptedProvider.start();
        provider.everywhere().answers(503, "text/plain", "no");
        try (Scene scene = Scene.against(provider)) {
            Instant before = Instant.now();
            for (int i = 0; i < 100; i++) {
                assertEquals(503, Browser.open().navigate(scene.url("/page")).status());
            }
            long seconds = Duration.between(before, Instant.now()).toSeconds() + 1;
            assertTrue(provider.metadataCalls() <= 2 * seconds, () -> provider.metadataCalls() + " calls");
        }
    }
}
