package io.github.pkceauth.example;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The frame that all pages share, and the escaping that every text in them needs. */
final class Html {

    private static final String FRAME = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>%1$s · PkceAuthFilter example</title>
              <link rel="icon" href="data:,">
              <link rel="stylesheet" href="%2$s/style.css">
            </head>
            <body>
              <header><a href="%2$s/">PkceAuthFilter example</a></header>
              <main>
            <h1>%1$s</h1>
            %3$s
              </main>
            </body>
            </html>
            """;

    private Html() {}

    /**
     * Sends a page.
     *
     * @param title its heading, as plain text
     * @param content its content as HTML, every text in it escaped
     */
    static void write(HttpServletRequest request, HttpServletResponse response, String title, String content)
            throws IOException {
        byte[] body =
                FRAME.formatted(escape(title), contextPath(request), content).getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html;charset=UTF-8");
        // What a page says depends on who is signed in, so the Back button after a sign-out must not show it.
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src data:");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The path that every link begins with: the application may be deployed anywhere. */
    static String contextPath(HttpServletRequest request) {
        return escape(request.getContextPath());
    }

    /** The text as it may stand in an element or in a quoted attribute. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
