package io.github.pkceauth.example.launcher.provider;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The looks of the provider's pages. */
final class StyleSheet extends HttpServlet {

    static final String PATH = "/style.css";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/css;charset=UTF-8");
        try (InputStream css = Objects.requireNonNull(StyleSheet.class.getResourceAsStream("style.css"))) {
            css.transferTo(response.getOutputStream());
        }
    }
}
