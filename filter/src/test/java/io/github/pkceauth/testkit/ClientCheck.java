package io.github.pkceauth.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Client authentication at the endpoints for clients alone: exactly one method, by RFC 6749 section 2.3. */
record ClientCheck(ScriptedProvider provider) {

    /** What is wrong with the request's authentication; empty where it is right. */
    String problem(RecordedRequest request) {
        Parameters form = request.form();
        String clientId = provider.clientId();
        boolean basic = request.headers().has("Authorization");
        boolean post = form.has("client_secret");
        if (basic && post) {
            return "two authentication methods";
        }
        if (form.has("client_id") && !form.all("client_id").get(0).equals(clientId)) {
            return "wrong client_id in the body";
        }
        if (provider.honesty().assurance.takesAssertions()) {
            return basic || post ? "not by an assertion alone" : new AssertionCheck(provider).problem(form);
        }
        if (form.has("client_assertion")) {
            return "this client has no assertions";
        }
        TestTls certificate = provider.honesty().assurance.clientCertificate;
        if (certificate != null) {
            boolean alone = !basic && !post && form.has("client_id");
            return alone && certificate.certificate().equals(request.certificate())
                    ? ""
                    : "not by the registered certificate and client_id alone";
        }
        String clientSecret = provider.clientSecret();
        if (clientSecret.isEmpty()) {
            return basic || post || !form.has("client_id") ? "a public client sends its id alone" : "";
        }
        if (basic) {
            return basicProblem(request.headers().get("Authorization", ""));
        }
        boolean right =
                post && form.has("client_id") && form.get("client_secret").equals(clientSecret);
        return right ? "" : "no valid client authentication";
    }

    private String basicProblem(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return "not HTTP Basic";
        }
        try {
            String pair =
                    Wire.utf8(Base64.getDecoder().decode(header.substring(6).strip()));
            int colon = pair.indexOf(':');
            boolean right = colon > 0
                    && decode(pair.substring(0, colon)).equals(provider.clientId())
                    && decode(pair.substring(colon + 1)).equals(provider.clientSecret());
            return right ? "" : "wrong credentials";
        } catch (IllegalArgumentException e) {
            return "malformed credentials";
        }
    }

    private static String decode(String text) {
        if (!text.matches("[A-Za-z0-9._*+%-]*")) {
            throw new IllegalArgumentException("not form-encoded");
        }
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
