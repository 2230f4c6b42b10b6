package io.github.pkceauth.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** The simplest client that completes an honest flow: the verifier is that of RFC 7636 Appendix B. */
final class PlainClient {
    static final String REDIRECT_URI = "http://localhost:1/callback?keep=this";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ScriptedProvider provider;
    private final UnaryOperator<String> addresses;
    private final HttpClient http;

    PlainClient(ScriptedProvider provider) {
        this(provider, provider::address, HTTP);
    }

    private PlainClient(ScriptedProvider provider, UnaryOperator<String> addresses, HttpClient http) {
        this.provider = provider;
        this.addresses = addresses;
        this.http = http;
    }

    /** The same at the provider's port for certificates, with what certificate there is in the context. */
    static PlainClient withCertificate(ScriptedProvider provider, SSLContext context) {
        HttpClient http = HttpClient.newBuilder().sslContext(context).build();
        return new PlainClient(provider, provider::mtlsAddress, http);
    }

    /** The same over TLS, at the ordinary port. */
    static PlainClient overTls(ScriptedProvider provider, SSLContext context) {
        HttpClient http = HttpClient.newBuilder().sslContext(context).build();
        return new PlainClient(provider, provider::address, http);
    }

    Parameters request() {
        return Parameters.none()
                .plus("response_type", "code")
                .plus("client_id", provider.clientId())
                .plus("redirect_uri", REDIRECT_URI)
                .plus("scope", "openid profile")
                .plus("state", "the-state")
                .plus("nonce", "the-nonce")
                .plus("code_challenge", CHALLENGE)
                .plus("code_challenge_method", "S256");
    }

    String address(Parameters request) {
        return request.appendTo(provider.address(ScriptedProvider.AUTHORIZE));
    }

    /** What the browser is sent back with. */
    Parameters authorize(Parameters request) {
        try (Browser browser = Browser.open()) {
            return browser.navigate(address(request)).redirectTarget().parameters();
        }
    }

    Parameters grant(String code) {
        return Parameters.none()
                .plus("grant_type", "authorization_code")
                .plus("client_id", provider.clientId())
                .plus("code", code)
                .plus("code_verifier", VERIFIER)
                .plus("redirect_uri", REDIRECT_URI);
    }

    HttpResponse<String> redeem(Parameters grant, String... headers) throws IOException {
        return post(ScriptedProvider.TOKEN, grant, headers);
    }

    /** What the browser brings once this request is pushed. */
    Parameters push(Parameters request, String... headers) throws IOException {
        HttpResponse<String> response = post(ScriptedProvider.PAR, request, headers);
        if (response.statusCode() != 201) {
            throw new AssertionError(response.body());
        }
        return Parameters.none()
                .plus("client_id", provider.clientId())
                .plus("request_uri", Json.string(Json.object(response.body()), "request_uri"));
    }

    HttpResponse<String> refresh(String token) throws IOException {
        return redeem(Parameters.none()
                .plus("grant_type", "refresh_token")
                .plus("client_id", provider.clientId())
                .plus("refresh_token", token));
    }

    HttpResponse<String> post(String path, Parameters form, String... headers) throws IOException {
        HttpRequest.Builder request = to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.encoded()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(http, request);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException {
        HttpRequest.Builder request = to(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(http, request);
    }

    /** The token response of a whole honest flow. */
    Map<String, Object> logIn() throws IOException {
        return Json.object(redeem(grant(authorize(request()).get("code"))).body());
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString(Wire.utf8(user + ":" + password));
    }

    private HttpRequest.Builder to(String path) {
        URI address = URI.create(addresses.apply(path));
        return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        return send(HTTP, request);
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
