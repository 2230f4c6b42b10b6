package io.github.pkceauth.example;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** The application's pages on a real port, at a context path, with a user or with none. */
final class Site implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpClient client = HttpClient.newHttpClient();
    private final String contextPath;

    private Site(String contextPath) {
        this.contextPath = contextPath;
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
    }

    /** All pages. */
    static Site of(String contextPath, @Nullable TestLogin login) throws Exception {
        ServletContextHandler context = new ServletContextHandler(contextPath, ServletContextHandler.SESSIONS);
        context.addEventListener(new Pages());
        return start(contextPath, context, login);
    }

    /** The one page, at {@code /api/resource}, that depends on an address. */
    static Site ofResource(Resource resource, TestLogin login) throws Exception {
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.addServlet(new ServletHolder(new ResourceApi(resource)), "/api/resource");
        return start("", context, login);
    }

    private static Site start(String contextPath, ServletContextHandler context, @Nullable TestLogin login)
            throws Exception {
        if (login != null) {
            context.addFilter(new FilterHolder(login), "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        Site site = new Site(contextPath.equals("/") ? "" : contextPath);
        site.server.setHandler(context);
        site.server.start();
        return site;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return post(path, form, Map.of());
    }

    HttpResponse<String> post(String path, String form, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        headers.forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + contextPath + path);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The site did not stop", e);
        }
    }
}
