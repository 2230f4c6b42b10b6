package io.github.pkceauth.interop.provider;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The code flow by hand, in the shop's name, to see what a provider refuses. Its verifier is that of RFC 7636 Appendix B. */
final class CodeFlow {

    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final World world;

    CodeFlow(World world) {
        this.world = world;
    }

    /** An honest authorization request. */
    Parameters request() {
        return Parameters.none()
                .plus("response_type", "code")
                .plus("client_id", "shop")
                .plus("redirect_uri", world.shop().url("/callback"))
                .plus("scope", "openid")
                .plus("state", "the-state")
                .plus("nonce", "the-nonce")
                .plus("code_challenge", CHALLENGE)
                .plus("code_challenge_method", "S256");
    }

    String address(Parameters request) {
        return request.appendTo(Product.metadata(world, "authorization_endpoint"));
    }

    /** The code that a new browser brings back in which alice signs in. */
    String code() {
        try (Browser browser = Browser.trustingLoopback()) {
            Page form = browser.navigateFully(address(request()));
            return untilCallback(browser, World.submitted(browser, form, "alice", "alice"))
                    .get("code");
        }
    }

    /** What the application is told, without its being told. */
    Parameters untilCallback(Browser browser, Page page) {
        Page here = page;
        while (here.isRedirect() && !here.location().startsWith(world.shop().url("/callback"))) {
            here = browser.follow(here);
        }
        return here.redirectTarget().parameters();
    }

    /** What the token endpoint says to a code and a verifier. */
    HttpResponse<String> redeem(String code, String verifier) {
        String pair = "shop:" + World.SECRET;
        Parameters form = Parameters.none()
                .plus("grant_type", "authorization_code")
                .plus("code", code)
                .plus("redirect_uri", world.shop().url("/callback"))
                .plus("code_verifier", verifier);
        HttpRequest request = HttpRequest.newBuilder(URI.create(Product.metadata(world, "token_endpoint")))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.encoded()))
                .build();
        return sent(request);
    }

    static HttpResponse<String> sent(HttpRequest request) {
        return sent(HttpClient.newHttpClient(), request);
    }

    static HttpResponse<String> sent(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
