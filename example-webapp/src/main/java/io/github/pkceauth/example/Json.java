package io.github.pkceauth.example;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers in JSON, which no cache may keep: they are about one user. */
final class Json {

    private Json() {}

    static void write(HttpServletResponse response, Map<String, ? extends @Nullable Object> members)
            throws IOException {
        byte[] body = JSONObjectUtils.toJSONString(members).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
