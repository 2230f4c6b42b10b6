package io.github.pkceauth.example;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.Tokens;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What somebody else's API answers to the user's access token: its body with 200 where it answered 2xx, else a 502;
 * where the application knows of no API, a 404.
 */
final class ResourceApi extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Resource resource;

    ResourceApi(@Nullable Resource resource) {
        this.resource = resource;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (resource == null) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "The environment variable RESOURCE_URL is not set");
            return;
        }
        Tokens tokens;
        SSLContext context;
        try {
            // Not Tokens.of: the token that the login has may be about to expire.
            tokens = Tokens.fresh(request);
            context = Tokens.sslContext(request);
        } catch (AuthFailure e) {
            Json.refuse(response, e.reason());
            return;
        }
        Resource.Answer answer;
        try {
            answer = resource.get(tokens, context);
        } catch (IOException e) {
            getServletContext().log("The resource could not be read: " + e.getMessage(), e);
            refuse(response, HttpServletResponse.SC_BAD_GATEWAY, "The resource could not be read");
            return;
        }
        if (!answer.isSuccess()) {
            refuse(response, HttpServletResponse.SC_BAD_GATEWAY, "The resource answered " + answer.status());
            return;
        }
        response.setContentType(answer.contentType());
        response.setHeader("Cache-Control", "no-store");
        // Somebody else's content at our address: to be read, not to be run.
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static void refuse(HttpServletResponse response, int status, String reason) throws IOException {
        response.setStatus(status);
        Json.write(response, Map.of("error", reason));
    }
}
