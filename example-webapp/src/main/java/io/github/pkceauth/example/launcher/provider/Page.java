package io.github.pkceauth.example.launcher.provider;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.util.HtmlUtils;

/** The frame of the provider's pages. */
final class Page {

    private static final String FRAME = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>%1$s · Development provider</title>
              <link rel="icon" href="data:,">
              <link rel="stylesheet" href="%3$s">
            </head>
            <body>
              <main>
                <p class="provider">Development provider</p>
                <h1>%1$s</h1>
            %2$s
              </main>
            </body>
            </html>
            """;

    private Page() {}

    static void write(HttpServletResponse response, String title, String content) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write(FRAME.formatted(escape(title), content, StyleSheet.PATH));
    }

    static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
