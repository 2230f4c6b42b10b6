package io.github.pkceauth.example;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The list of the application's pages: which servlet answers which path. Who may see them is not said here: that is the
 * filter's configuration in {@code web.xml}.
 */
public final class Pages implements ServletContextListener {

    /** Called by the container. */
    public Pages() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        @Nullable Resource resource = resource();
        // The empty pattern is the root page alone; "/" would be every path that nothing else answers.
        add(context, "", new HomePage());
        add(context, "/me", new MePage(resource != null));
        add(context, "/api/me", new MeApi());
        add(context, "/admin", new AdminPage());
        add(context, "/health", new HealthCheck());
        add(context, "/refresh", new RefreshApi());
        add(context, "/sign-out-here", new SignOutHere());
        add(context, "/notes", new NotesApi());
        add(context, "/api/resource", new ResourceApi(resource));
        boolean hasPartner = Partner.isNamedFor(context);
        if (hasPartner) {
            Partner.addTo(context);
            add(context, Partner.PAGES + "/me", new PartnerPage());
        }
        add(context, ChoosePage.PATH, new ChoosePage(hasPartner));
        add(context, "/error", new ErrorPage());
    }

    private static @Nullable Resource resource() {
        String address = System.getenv("RESOURCE_URL");
        return address == null ? null : Resource.at(address, Duration.ofSeconds(10));
    }

    private static void add(ServletContext context, String path, HttpServlet page) {
        context.addServlet(page.getClass().getSimpleName(), page).addMapping(path);
    }
}
