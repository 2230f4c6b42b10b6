package io.github.pkceauth.benchmarks.hotpath;

import io.github.pkceauth.benchmarks.Contestant;
import io.github.pkceauth.benchmarks.Deployed;
import io.github.pkceauth.benchmarks.Settings;
import io.github.pkceauth.benchmarks.provider.Codes;
import io.github.pkceauth.benchmarks.provider.Mint;
import io.github.pkceauth.benchmarks.provider.ProviderStub;
import io.github.pkceauth.benchmarks.provider.Signer;
import io.github.pkceauth.benchmarks.stub.StubFilterConfig;
import io.github.pkceauth.benchmarks.stub.StubRequest;
import io.github.pkceauth.benchmarks.stub.StubResponse;
import io.github.pkceauth.benchmarks.stub.StubSession;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.jspecify.annotations.Nullable;

/** This process's contestant, deployed among stubs, with a provider on loopback. For one thread. */
final class World implements AutoCloseable {

    /** System property: the issuer of a provider in another process. */
    static final String ISSUER = "benchmarks.issuer";

    private static final String ORIGIN = "http://127.0.0.1:8080";
    private static final int MOST_STEPS = 5;

    /** A container's own, which never starts. */
    private final ServletContext context =
            new ServletContextHandler("/", ServletContextHandler.SESSIONS).getServletContext();

    private final @Nullable ProviderStub ownProvider;
    private final String issuer;
    private final Filter filter;

    /**
     * Deploys the contestant.
     *
     * @param contestant the contestant
     * @param clientId the client, which says what its tokens are like
     * @param publicPaths patterns of the pages that need no login
     */
    World(Contestant contestant, String clientId, List<String> publicPaths) throws IOException, ServletException {
        String given = System.getProperty(ISSUER);
        ownProvider = given == null ? ProviderStub.start() : null;
        issuer = ownProvider == null ? String.valueOf(given) : ownProvider.issuer();
        Settings settings = new Settings(issuer, clientId, publicPaths);
        Deployed deployed = contestant.filter(settings).orElseThrow();
        filter = deployed.filter();
        filter.init(new StubFilterConfig(context, deployed.initParams()));
    }

    static World ofThisProcess(String clientId, String... publicPaths) throws IOException, ServletException {
        return new World(Contestant.ofThisProcess(), clientId, List.of(publicPaths));
    }

    ServletContext context() {
        return context;
    }

    /** Makes tokens of this provider that are signed with the client's secret; its keys are its own. */
    Mint mint() {
        return new Mint(issuer, new Signer());
    }

    /** The application, which the request has reached. */
    Application pass(String target, @Nullable StubSession session) throws IOException, ServletException {
        Application application = new Application();
        filter.doFilter(new StubRequest(context, target, session), new StubResponse(), application);
        return application.reached();
    }

    /** What the request says to a question once it has reached the application. */
    boolean ask(String target, @Nullable StubSession session, Predicate<HttpServletRequest> question)
            throws IOException, ServletException {
        Application application = new Application(question);
        filter.doFilter(new StubRequest(context, target, session), new StubResponse(), application);
        return application.answer();
    }

    /**
     * A user on the way to the provider.
     *
     * @param session the user's session
     * @param address where the browser is sent
     */
    record Departure(StubSession session, String address) {}

    /** Asks for a page that needs a login, and goes on until the provider is where to go: one answer, or two. */
    Departure depart(@Nullable StubSession session) throws IOException, ServletException {
        StubSession current = session;
        String target = "/page";
        for (int step = 0; step < MOST_STEPS; step++) {
            StubRequest request = new StubRequest(context, target, current);
            StubResponse response = new StubResponse();
            filter.doFilter(request, response, new Application());
            current = request.session();
            String location = response.location();
            if (current != null && location.startsWith(issuer)) {
                return new Departure(current, location);
            }
            if (location.isEmpty()) {
                throw new IllegalStateException("no redirect, but " + response.getStatus());
            }
            target = here(location);
        }
        throw new IllegalStateException("no way to the provider");
    }

    private static String here(String address) {
        return address.startsWith(ORIGIN) ? address.substring(ORIGIN.length()) : address;
    }

    /**
     * A user on the way back.
     *
     * @param session the user's session
     * @param target path and query of the callback
     */
    record Return(StubSession session, String target) {}

    /** A new user who has signed in at the provider. */
    Return signedInThere() throws IOException, ServletException {
        Departure departure = depart(null);
        return new Return(departure.session(), here(Codes.callback(departure.address())));
    }

    /** The session of the user, who is back and signed in. */
    StubSession complete(Return user) throws IOException, ServletException {
        StubRequest request = new StubRequest(context, user.target(), user.session());
        StubResponse response = new StubResponse();
        filter.doFilter(request, response, new Application());
        StubSession session = request.session();
        if (session == null || response.getStatus() != StubResponse.SC_FOUND) {
            throw new IllegalStateException("no login, but " + response.getStatus() + " " + response.location());
        }
        return session;
    }

    /** The session of a new user who is signed in, which is tried. */
    StubSession signIn() throws IOException, ServletException {
        StubSession session = complete(signedInThere());
        pass("/page", session);
        return session;
    }

    /** What another server's form is answered with. */
    int post(String path, String form) throws IOException, ServletException {
        StubResponse response = new StubResponse();
        filter.doFilter(StubRequest.post(context, path, form), response, new Application());
        return response.getStatus();
    }

    @Override
    public void close() {
        filter.destroy();
        if (ownProvider != null) {
            ownProvider.close();
        }
    }
}
