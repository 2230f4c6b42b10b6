package io.github.pkceauth.interop.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Page;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** An application, which is one client of one provider, and a browser before it. */
final class Assured implements AutoCloseable {

    private final String issuer;
    private final Shop shop;
    private Browser browser = Browser.trustingLoopback();

    private Assured(String issuer, Shop shop) {
        this.issuer = issuer;
        this.shop = shop;
    }

    /** One under the FAPI 2.0 profile that proves by a key who it is. */
    static Assured byKey(String issuer, int port, String client, ClientKeys keys, Map<String, String> more) {
        Map<String, String> parameters = new HashMap<>(more);
        parameters.put("PKCE_CLIENT_AUTHENTICATION", "private_key_jwt");
        parameters.put("PKCE_CLIENT_KEY_FILE", keys.file());
        parameters.put("PKCE_PROFILE", "fapi2");
        return with(issuer, port, client, parameters);
    }

    /** One under that profile that proves by a certificate who it is, and whose tokens are for the holder of that. */
    static Assured byCertificate(String issuer, int port, String client, Map<String, String> more) {
        Map<String, String> parameters = new HashMap<>(more);
        parameters.put("PKCE_SENDER_CONSTRAINT", "mtls");
        parameters.put("PKCE_PROFILE", "fapi2");
        return with(issuer, port, client, parameters);
    }

    /** One with these parameters, and no profile unless they tell of one. */
    static Assured with(String issuer, int port, String client, Map<String, String> own) {
        Map<String, String> parameters = new HashMap<>(own);
        parameters.put("PKCE_ISSUER", issuer);
        parameters.put("PKCE_CLIENT_ID", client);
        parameters.put("PKCE_TRUSTED_CERTIFICATES", Certificates.AUTHORITY_PEM.toString());
        return new Assured(issuer, Shop.start(port, parameters));
    }

    /** Alice's sign-in. */
    SignIn signIn() {
        return SignIn.at(shop, browser, "/api/me");
    }

    /** Signs alice in by a pushed request, and goes through all that her login is for. */
    SignIn assertLives() {
        SignIn signIn = signIn();
        assertEquals(Set.of("client_id", "request_uri"), signIn.request().names());
        assertLives(signIn);
        return signIn;
    }

    /** Goes through all that a login is for. */
    void assertLives(SignIn signIn) {
        Page me = signIn.page();
        assertEquals(200, me.status(), () -> me + "\n" + shop.log());
        assertEquals(issuer, me.json().get("issuer"));
        assertEquals("alice", Json.object(me.json(), "claims").get("preferred_username"));

        Page refreshed = browser.fetch(shop.url("/refresh"));
        assertEquals(200, refreshed.status(), () -> refreshed + "\n" + shop.log());
        assertEquals(me.json().get("subject"), refreshed.json().get("subject"));

        Page resource = resource();
        assertEquals(200, resource.status(), () -> resource + "\n" + shop.log());

        Page out = shop.signOut(browser);
        assertTrue(out.body().contains("Nobody is signed in"), () -> out + "\n" + shop.log());
        assertEquals(401, shop.account(browser).status());
    }

    /** Goes on with the browser of somebody else. */
    void anotherBrowser() {
        browser = Browser.trustingLoopback();
    }

    /** The page on which a login ends that the provider refuses before it asks for a password. */
    Page refused() {
        Page page = browser.navigateFully(shop.url("/api/me"));
        assertTrue(page.url().toString().startsWith(shop.url("/")), () -> page + "\n" + shop.log());
        return page;
    }

    /** What the application's own call with the user's token is answered. */
    Page resource() {
        return browser.fetch(shop.url("/api/resource"));
    }

    String log() {
        return shop.log();
    }

    @Override
    public void close() {
        browser.close();
        shop.close();
    }
}
