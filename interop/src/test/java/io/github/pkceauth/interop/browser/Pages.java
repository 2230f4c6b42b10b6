package io.github.pkceauth.interop.browser;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * The application: pages as the test wants them, and for all else one that tells who asks for what. It
 * keeps what gets through to it. Thread-safe.
 */
@SuppressWarnings("serial")
final class Pages extends HttpServlet {
    private record Document(String type, Charset charset, String text) {}

    private final Map<String, Document> documents = new ConcurrentHashMap<>();
    private final Queue<Arrival> reached = new ConcurrentLinkedQueue<>();

    /** Puts a page at a path, for GET; it gets the path as its title. */
    Pages page(String path, String body) {
        return page(path, StandardCharsets.UTF_8, body);
    }

    /** Puts a page in some encoding at a path. */
    Pages page(String path, Charset charset, String body) {
        String html = "<!doctype html><html lang=\"en\"><head><title>%s</title></head><body>%s</body></html>"
                .formatted(path, body);
        return document(path, "text/html", charset, html);
    }

    /** Puts a script at a path. */
    Pages script(String path, String script) {
        return document(path, "text/javascript", StandardCharsets.UTF_8, script);
    }

    private Pages document(String path, String type, Charset charset, String text) {
        documents.put(path, new Document(type + ";charset=" + charset.name(), charset, text));
        return this;
    }

    /** All requests that got through. */
    List<Arrival> reached() {
        return List.copyOf(reached);
    }

    /** The requests of a method to a path, with any query, that got through. */
    List<Arrival> reached(String method, String path) {
        return reached.stream()
                .filter(each -> each.method().equals(method)
                        && each.target().split("\\?", 2)[0].equals(path))
                .toList();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        Map<String, String> headers = Collections.list(request.getHeaderNames()).stream()
                .collect(Collectors.toMap(
                        name -> name.toLowerCase(Locale.ROOT), request::getHeader, (one, same) -> one));
        reached.add(new Arrival(request.getMethod(), Witness.target(request), headers, body, 200));
        Document document = request.getMethod().equals("GET") ? documents.get(request.getRequestURI()) : null;
        if (document == null) {
            response.setContentType("text/html;charset=UTF-8");
            response.getWriter().write(told(request));
        } else {
            response.setContentType(document.type());
            response.getOutputStream().write(document.text().getBytes(document.charset()));
        }
    }

    private static String told(HttpServletRequest request) {
        String what = request.getMethod() + " " + Witness.target(request).replace("&", "&amp;");
        return """
                <!doctype html><html lang="en"><head><title>%1$s</title></head>
                <body><h1>%1$s</h1><p>For %2$s.</p></body></html>
                """.formatted(what, request.getRemoteUser());
    }
}
