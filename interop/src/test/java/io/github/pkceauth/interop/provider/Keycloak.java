package io.github.pkceauth.interop.provider;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Parameters;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** What an administrator of Keycloak does, by its REST interface. */
final class Keycloak {

    /** The administrator's name, and the password as well. */
    static final String ADMINISTRATOR = "admin";

    private final String origin;

    Keycloak(World world) {
        origin = "http://127.0.0.1:" + world.providerPort();
    }

    /** Ends all sessions of a user, by the user's id, which is the subject. */
    void signOut(String subject) {
        done(admin("/users/" + subject + "/logout").POST(BodyPublishers.noBody()));
    }

    /** Ends one session by its id. */
    void endSession(String sid) {
        done(admin("/sessions/" + sid).DELETE());
    }

    /** Whether the users of a public client are asked for their consent. */
    void asksForConsent(String clientId, boolean asks) {
        changeClient(clientId, "{\"consentRequired\":" + asks + "}");
    }

    /** How many seconds the access tokens of a client last from now on; empty for as long as the realm's. */
    void accessTokensLast(String clientId, String seconds) {
        changeClient(clientId, "{\"attributes\":{\"access.token.lifespan\":\"" + seconds + "\"}}");
    }

    private void changeClient(String clientId, String members) {
        String found = done(admin("/clients?clientId=" + clientId).GET()).body();
        String id = Json.string(Json.object(found.substring(1, found.length() - 1)), "id");
        done(admin("/clients/" + id).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(members)));
    }

    private HttpRequest.Builder admin(String path) {
        return HttpRequest.newBuilder(URI.create(origin + "/admin/realms/demo" + path))
                .header("Authorization", "Bearer " + token());
    }

    private String token() {
        Parameters form = Parameters.none()
                .plus("grant_type", "password")
                .plus("client_id", "admin-cli")
                .plus("username", ADMINISTRATOR)
                .plus("password", ADMINISTRATOR);
        HttpResponse<String> answer =
                done(HttpRequest.newBuilder(URI.create(origin + "/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form.encoded())));
        return Json.string(Json.object(answer.body()), "access_token");
    }

    private static HttpResponse<String> done(HttpRequest.Builder request) {
        HttpResponse<String> answer = CodeFlow.sent(request.build());
        assertTrue(answer.statusCode() / 100 == 2, () -> answer + " " + answer.body());
        return answer;
    }
}
