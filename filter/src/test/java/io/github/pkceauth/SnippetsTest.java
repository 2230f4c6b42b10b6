package io.github.pkceauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SetCookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows to be pasted is run here as it stands; only the provider is another. */
class SnippetsTest {

    @TempDir
    Path folder;

    @Test
    void theWebXmlLogsInOnJetty() throws Exception {
        try (ScriptedProvider provider = provider()) {
            WebAppContext context = new WebAppContext();
            context.setContextPath("/");
            context.setWar(webApplication().toString());
            context.setTempDirectory(
                    Files.createDirectory(folder.resolve("jetty")).toFile());
            context.setInitParameter("pkce.issuer", provider.issuer());
            context.addServlet(new ServletHolder(new WhoAmI()), "/who");
            Server server = new Server(0);
            server.setHandler(context);
            try {
                server.start();
                assertTrue(context.isAvailable(), () -> "not started: " + context.getUnavailableException());

                logsIn(((NetworkConnector) server.getConnectors()[0]).getLocalPort());
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void theWebXmlLogsInOnTomcat() throws Exception {
        Tomcat tomcat = new Tomcat();
        try (ScriptedProvider provider = provider()) {
            tomcat.setSilent(true);
            tomcat.setBaseDir(Files.createDirectory(folder.resolve("tomcat")).toString());
            tomcat.setPort(0);
            tomcat.getConnector();
            tomcat.setAddDefaultWebXmlToWebapp(false);
            Context context = tomcat.addWebapp("", webApplication().toString());
            context.getJarScanner().setJarScanFilter((type, jar) -> false);
            context.addParameter("pkce.issuer", provider.issuer());
            Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
            Tomcat.addServlet(context, "who", new WhoAmI()).addMapping("/who");
            try {
                tomcat.start();
                assertTrue(context.getState().isAvailable(), () -> "not started: " + context.getState());

                logsIn(tomcat.getConnector().getLocalPort());
            } finally {
                tomcat.stop();
                tomcat.destroy();
            }
        }
    }

    @Test
    void theEmbeddedJettyLogsIn() throws Exception {
        try (ScriptedProvider provider = provider();
                Browser browser = Browser.open()) {
            Server server = EmbeddedJettySnippet.start(0, provider.issuer(), new WhoAmI());
            try {
                int port = ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
                Page page = browser.navigateFully("http://localhost:" + port + "/any?page");

                assertEquals(
                        "http://localhost:" + port + "/any?page", page.uri().toString());
                assertEquals("alice, admin false", page.body());
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void theTwoProvidersLogInSideBySide() throws Exception {
        try (ScriptedProvider staff = provider();
                ScriptedProvider partner = provider().signInAs("bob");
                Browser browser = Browser.open()) {
            WebAppContext context = new WebAppContext();
            context.setContextPath("/");
            context.setWar(webApplication(twoProviders()).toString());
            context.setTempDirectory(
                    Files.createDirectory(folder.resolve("jetty")).toFile());
            context.setInitParameter("pkce.clientId", "my-application");
            context.setInitParameter("pkce.staff.issuer", staff.issuer());
            context.setInitParameter("pkce.partner.issuer", partner.issuer());
            context.addServlet(new ServletHolder(new WhoAmI()), "/");
            Server server = new Server(0);
            server.setHandler(context);
            try {
                server.start();
                String origin = "http://localhost:" + ((NetworkConnector) server.getConnectors()[0]).getLocalPort();

                assertEquals(
                        "alice, admin false",
                        browser.navigateFully(origin + "/page").body());
                assertEquals(
                        "bob, admin false",
                        browser.navigateFully(origin + "/partner/page").body());
                assertEquals(
                        "alice, admin false", browser.navigate(origin + "/page").body());
            } finally {
                server.stop();
            }
        }
    }

    private static String twoProviders() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        int begin = readme.indexOf("```xml\n", readme.indexOf("<!-- snippet: two providers -->")) + "```xml\n".length();
        return "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">\n"
                + readme.substring(begin, readme.indexOf("```", begin)) + "</web-app>\n";
    }

    private static void logsIn(int port) {
        try (Browser browser = Browser.open()) {
            String origin = "http://localhost:" + port;
            assertEquals(404, browser.navigate(origin + "/health").status(), "a public path asks for a login");

            Page page = browser.navigateFully(origin + "/who");

            assertEquals(origin + "/who", page.uri().toString(), page::text);
            assertEquals("alice, admin true", page.body());
            List<SetCookie> cookies = browser.history().stream()
                    .filter(each -> each.url().origin().equals(origin))
                    .flatMap(each -> each.cookiesSet().stream())
                    .toList();
            assertFalse(cookies.isEmpty());
            cookies.forEach(cookie -> assertTrue(cookie.has("HttpOnly"), cookie::toString));
        }
    }

    private static ScriptedProvider provider() {
        return ScriptedProvider.start()
                .withClientId("my-application")
                .signInAs("alice", Map.of("realm_access", Map.of("roles", List.of("admin"))));
    }

    private Path webApplication() throws IOException {
        return webApplication(Files.readString(Path.of("src/test/resources/snippets/web.xml")));
    }

    private Path webApplication(String webXml) throws IOException {
        Path webInf = Files.createDirectories(folder.resolve("webapp/WEB-INF"));
        Files.writeString(webInf.resolve("web.xml"), webXml);
        return webInf.getParent();
    }

    /** Answers who is signed in. */
    @SuppressWarnings("serial")
    private static final class WhoAmI extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getRemoteUser() + ", admin " + request.isUserInRole("admin"));
        }
    }
}
