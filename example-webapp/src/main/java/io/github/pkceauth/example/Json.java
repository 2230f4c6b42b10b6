package io.github.pkceauth.example;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.pkceauth.api.AuthFailure;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers in JSON, which no cache may keep: they are about one user. */
final class Json {

    private Json() {}

    static void write(HttpServletResponse response, Map<String, ? extends @Nullable Object> members)
            throws IOException {
        write(response, "application/json", members);
    }

    /** Says why there are no tokens, as the filter's own answers do (RFC 9457). The detail is not for users. */
    static void refuse(HttpServletResponse response, AuthFailure.Reason reason) throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", reason.explanation());
        problem.put("status", reason.status());
        problem.put("code", reason.code());
        response.setStatus(reason.status());
        write(response, "application/problem+json", problem);
    }

    private static void write(
            HttpServletResponse response, String contentType, Map<String, ? extends @Nullable Object> members)
            throws IOException {
        byte[] body = JSONObjectUtils.toJSONString(members).getBytes(StandardCharsets.UTF_8);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
