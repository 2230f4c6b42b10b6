package io.github.pkceauth.interop.provider;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.FreePort;
import io.github.pkceauth.testkit.Page;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * A provider and the applications that sign their users in there: the shop, which is a confidential client, and, where
 * the provider knows of more than one client, the library, which is a public one. Started at first need, and ended with
 * the tests.
 */
final class World {

    static final String SECRET = "the-secret-of-the-shop-0123456789";

    private static final Map<Product, World> STARTED = new EnumMap<>(Product.class);

    private final Product product;
    private final int providerPort = FreePort.next();
    private final int shopPort = FreePort.next();
    private final int libraryPort = FreePort.next();
    private final int securePort = FreePort.next();
    private final int assuredPort = FreePort.next();
    private final Shop shop;
    private final Shop library;
    private Server provider;

    private World(Product product) {
        this.product = product;
        provider = product.start(this);
        shop = Shop.start(shopPort, parameters(Map.of("PKCE_CLIENT_ID", "shop", "PKCE_CLIENT_SECRET", SECRET)));
        library = Shop.start(
                libraryPort,
                parameters(Map.of("PKCE_CLIENT_ID", "library", "PKCE_BACKCHANNEL_LOGOUT_PATH", "/backchannel-logout")));
    }

    /** The one of this product, which is started if it has not been; or the test is skipped, with the reason. */
    static synchronized World of(Product product) {
        product.assumeAvailable();
        return STARTED.computeIfAbsent(product, World::new);
    }

    private Map<String, String> parameters(Map<String, String> own) {
        Map<String, String> parameters = new HashMap<>(own);
        parameters.put("PKCE_ISSUER", issuer());
        parameters.put("PKCE_ROLES_CLAIM", product.rolesClaim());
        return parameters;
    }

    String issuer() {
        return product.issuer(this);
    }

    int providerPort() {
        return providerPort;
    }

    int shopPort() {
        return shopPort;
    }

    int libraryPort() {
        return libraryPort;
    }

    /** Where the provider listens by TLS as well, if it does. */
    int securePort() {
        return securePort;
    }

    /** For the applications of {@link AssuredRealm}, one at a time. */
    int assuredPort() {
        return assuredPort;
    }

    Shop shop() {
        return shop;
    }

    Shop library() {
        return library;
    }

    /** Ends the provider at once. */
    void stopProvider() {
        provider.close();
    }

    /** Starts the provider anew, with everything as it was, but for its keys, its sessions and its tokens. */
    void startProvider() {
        provider = product.start(this);
    }

    /** Opens a page as somebody who is signed in nowhere, and signs in by the provider's form. */
    static Page signIn(Browser browser, String url, String user) {
        return signIn(browser, browser.navigateFully(url), user, user);
    }

    /** Fills in the provider's login form, and goes on to where that leads. */
    static Page signIn(Browser browser, Page form, String user, String password) {
        return browser.followFully(submitted(browser, form, user, password));
    }

    /** Fills in the provider's login form, and goes no further than its answer. */
    static Page submitted(Browser browser, Page form, String user, String password) {
        return browser.submit(form, form.form().filledIn("username", user).filledIn("password", password));
    }
}
