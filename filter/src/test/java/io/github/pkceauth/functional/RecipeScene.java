package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A recipe at work: the application at https://www.example.com/app that it is written for, and a
 * provider with a product's metadata, paths and claims, at which exactly the addresses are registered
 * that the page names.
 */
final class RecipeScene implements AutoCloseable {
    /** Where the pages say that the application is. */
    static final String OUTSIDE = "https://www.example.com/app";

    private static final String SECRET = "the-secret-of-the-recipe";
    private static final Pattern ORIGIN = Pattern.compile("https://[^/\"]+");

    /** The parameters that are addresses of the provider's. */
    private static final Set<String> ADDRESSES = Set.of("issuer", "metadataUrl", "endSessionEndpoint");

    /** The metadata's names of what the scripted provider serves. */
    private static final Map<String, String> ENDPOINTS = Map.of(
            "authorization_endpoint", ScriptedProvider.AUTHORIZE,
            "token_endpoint", ScriptedProvider.TOKEN,
            "jwks_uri", ScriptedProvider.JWKS,
            "userinfo_endpoint", ScriptedProvider.USERINFO,
            "end_session_endpoint", ScriptedProvider.LOGOUT,
            "revocation_endpoint", ScriptedProvider.REVOKE);

    /** What its users have in tokens unless told otherwise. */
    private static final String[] USUAL_CLAIMS = {"name", "roles"};

    final ScriptedProvider provider = ScriptedProvider.start();
    final Browser browser = Browser.trustingLoopback();
    private final Map<String, Object> metadata;
    private final FrontDoor door;

    private RecipeScene(Recipe recipe, String product, Path folder, UnaryOperator<AppBuilder> more) throws IOException {
        Map<String, Object> shape = Json.object(resource(product));
        metadata = Json.object(shape, "metadata");
        Map<String, String> params = withSecret(recipe, folder);
        provider.withClientId(Objects.requireNonNull(params.get("clientId")))
                .withClientSecret(SECRET)
                .registers(recipe.registered())
                .withIssuerPath(metadataFolder(params));
        speakLike(shape);
        AppBuilder app = App.jetty().contextPath("/app").filterParam("baseUrl", OUTSIDE);
        params.forEach((name, value) -> app.filterParam(name, ADDRESSES.contains(name) ? atHome(value) : value));
        door = new FrontDoor(OUTSIDE, more.apply(app).start());
    }

    /** The recipe of this name at a product. */
    static RecipeScene of(String recipe, String product, Path folder) throws IOException {
        return of(recipe, product, folder, app -> app);
    }

    /** The same with more to say than the recipe does. */
    static RecipeScene of(String recipe, String product, Path folder, UnaryOperator<AppBuilder> more)
            throws IOException {
        return new RecipeScene(Recipe.named(recipe), product, folder, more);
    }

    /** The recipe's parameters, with a file where the secret's is said to be. */
    static Map<String, String> withSecret(Recipe recipe, Path folder) throws IOException {
        Map<String, String> params = new LinkedHashMap<>(recipe.params());
        Path file = Files.writeString(folder.resolve(recipe.name() + ".secret"), SECRET + "\n");
        params.replace("clientSecretFile", file.toString());
        return params;
    }

    /** What the provider is asked when nobody is signed in. */
    Parameters asked() {
        return door.navigate(browser, door.url("/page")).redirectTarget().parameters();
    }

    /** The page that the user asked for before signing in. */
    Page signIn(String path) {
        assertEquals(door.url(path), door.signIn(browser, path));
        Page page = door.navigate(browser, door.url(path));
        assertAuthenticatedByAnAdvertisedMethod();
        return page;
    }

    /** What the browser gets in place of the page that the user asked for. */
    Page signInFailing() {
        Page atProvider = door.navigate(browser, door.url("/page"));
        return door.navigate(browser, browser.follow(atProvider).location());
    }

    Page open(String path) {
        return door.navigate(browser, door.url(path));
    }

    /** Where the browser is sent that signs out. */
    Page signOut() {
        return door.navigate(browser, door.url("/logout"));
    }

    /** What the browser gets where it is sent next, be it the provider or the application. */
    Page follow(Page page) {
        String target = page.redirectTarget().toString();
        return target.startsWith(OUTSIDE) ? door.navigate(browser, target) : browser.follow(page);
    }

    /** The address of the running application behind one that the browser sees. */
    String inside(String address) {
        return door.app().url(address.substring(OUTSIDE.length()));
    }

    /** Signing out goes by this path of the provider's and ends on the application's clean front page. */
    void assertSignsOutBy(String path) {
        Page out = signOut();
        assertEquals(provider.address(path), out.redirectTarget().withoutQuery());
        Page confirmed = follow(follow(out));
        assertTrue(confirmed.isRedirect(), confirmed::toString);
        assertEquals(OUTSIDE + "/", confirmed.location());
        assertTrue(follow(confirmed).seen().isAnonymous());
    }

    private void assertAuthenticatedByAnAdvertisedMethod() {
        boolean basic = provider.request(path(Json.string(metadata, "token_endpoint")))
                .headers()
                .has("Authorization");
        List<?> methods = Json.list(metadata, "token_endpoint_auth_methods_supported");
        assertTrue(methods.contains(basic ? "client_secret_basic" : "client_secret_post"), methods::toString);
    }

    private void speakLike(Map<String, Object> shape) {
        ENDPOINTS.forEach((member, endpoint) -> {
            if (metadata.containsKey(member)) {
                provider.withPath(endpoint, path(Json.string(metadata, member)));
            }
        });
        provider.metadata().answersJson(atHome(Json.text(metadata)));
        if (!metadata.containsKey("authorization_response_iss_parameter_supported")) {
            provider.withoutIssParameter();
        }
        Map<String, Object> idToken = Json.object(shape, "idToken");
        provider.signInAs(Json.string(idToken, "sub"));
        provider.idToken().withoutClaim(USUAL_CLAIMS);
        if (!idToken.containsKey("sid")) {
            provider.idToken().withoutClaim("sid");
        }
        idToken.forEach((name, value) -> {
            if (!name.equals("sid")) {
                provider.idToken().withClaim(name, name.equals("iss") ? atHome(value.toString()) : value);
            }
        });
        provider.userinfo().without(USUAL_CLAIMS).without("preferred_username", "email", "email_verified");
        if (shape.containsKey("userinfo")) {
            Json.object(shape, "userinfo").forEach(provider.userinfo()::with);
        }
        if (shape.containsKey("accessToken")) {
            provider.withJwtAccessTokens()
                    .accessToken()
                    .withoutClaim(USUAL_CLAIMS)
                    .withHeader("typ", "JWT");
            Json.object(shape, "accessToken").forEach(provider.accessToken()::withClaim);
        }
    }

    /** What the well-known path stands behind: the issuer's path, unless the recipe says where else. */
    private String metadataFolder(Map<String, String> params) {
        String metadataUrl = params.getOrDefault("metadataUrl", Json.string(metadata, "issuer"));
        return path(metadataUrl.replaceFirst("/\\.well-known/.*", ""));
    }

    /** Puts the scripted provider's origin in the place of the product's. */
    String atHome(String text) {
        return ORIGIN.matcher(text).replaceAll(provider.address(""));
    }

    /** By hand, since a placeholder of Entra ID's is in no address that can be parsed. */
    private static String path(String address) {
        return ORIGIN.matcher(address).replaceFirst("");
    }

    private static String resource(String product) throws IOException {
        try (InputStream in = RecipeScene.class.getResourceAsStream("/recipes/" + product + ".json")) {
            return new String(Objects.requireNonNull(in, product).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        door.app().close();
        browser.close();
        provider.close();
    }
}
