package io.github.pkceauth.web;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How every answer of the filter's own is written: none is cached, framed or read as something else, and
 * none tells others where the user is.
 */
final class Output {

    private static final String HTML = "text/html;charset=UTF-8";
    private static final String POLICY = "Content-Security-Policy";

    private Output() {}

    /** What goes for the application's own error page, too, whose styles and scripts the policy would forbid. */
    static void harden(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    /** Back after sign-out must show nothing; the application may say otherwise for what it serves. */
    static void keepFromOthers(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
    }

    /** An answer without a body. */
    static void empty(HttpServletResponse response, int status) {
        harden(response);
        response.setHeader(POLICY, Page.CONTENT_SECURITY_POLICY);
        response.setStatus(status);
        if (status != HttpServletResponse.SC_NO_CONTENT) {
            response.setContentLength(0);
        }
    }

    /** An empty page that may be shown in a frame, as no other answer of the filter may. */
    static void framed(HttpServletResponse response) {
        empty(response, HttpServletResponse.SC_OK);
        response.setHeader(POLICY, "default-src 'none'");
        response.setContentType(HTML);
    }

    static void page(HttpServletResponse response, int status, String html) throws IOException {
        write(response, status, HTML, html);
    }

    /** A page with a form, and the script that sends it. */
    static void form(HttpServletResponse response, String html, String policy) throws IOException {
        harden(response);
        // With no-referrer the form's Origin would be null, which is nobody's own.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader(POLICY, policy);
        write(response, HttpServletResponse.SC_OK, HTML, html.getBytes(StandardCharsets.UTF_8));
    }

    static void xml(HttpServletResponse response, String xml) throws IOException {
        write(response, HttpServletResponse.SC_OK, "text/xml;charset=UTF-8", xml);
    }

    static void json(HttpServletResponse response, int status, String type, Map<String, Object> json)
            throws IOException {
        write(response, status, type, JSONObjectUtils.toJSONString(json));
    }

    private static void write(HttpServletResponse response, int status, String type, String body) throws IOException {
        harden(response);
        response.setHeader(POLICY, Page.CONTENT_SECURITY_POLICY);
        write(response, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        try {
            OutputStream out = response.getOutputStream();
            out.write(body);
            out.flush();
        } catch (IllegalStateException e) {
            // The application has taken the writer, and then asked for a login.
            response.resetBuffer();
            response.getWriter().write(new String(body, StandardCharsets.UTF_8));
            response.flushBuffer();
        }
    }
}
