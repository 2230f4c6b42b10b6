package io.github.pkceauth.testkit;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.SessionTrackingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Describes a web application: by default the filter, named {@code login}, before everything, and the
 * {@link Probe} behind it.
 */
public final class AppBuilder {
    static final String USUAL_SESSION_COOKIE = "JSESSIONID";
    private static final String FILTER = "io.github.pkceauth.PkceAuthFilter";

    private final Container container;
    private final Probe probe = new Probe();
    private final Map<String, String> params = new LinkedHashMap<>();
    private final Map<String, String> contextParams = new LinkedHashMap<>();
    private final Map<String, Servlet> servlets = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<FilterSpec> before = new ArrayList<>();
    private final List<FilterSpec> after = new ArrayList<>();
    private Set<DispatcherType> dispatches =
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
    private List<String> mappings = List.of("/*");
    private List<String> probeMappings = List.of("/*");
    private Filter filter = newFilter();
    private String filterName = "login";
    private String contextPath = "";
    private String errorPage = "";
    private String sameSite = "";
    private String sessionCookie = USUAL_SESSION_COOKIE;
    private Duration sessionTimeout = Duration.ZERO;
    private Set<SessionTrackingMode> trackingModes = Set.of();
    private ClassLoader classLoader = AppBuilder.class.getClassLoader();
    private boolean withSessions = true;
    private boolean lenient;
    private boolean secureCookie;
    private Sessions sessions = new Sessions(sessionCookie, sessionTimeout);

    AppBuilder(Container container) {
        this.container = container;
    }

    /** Logs in at this provider: sets issuer, clientId, and the client's secret if it has one. */
    public AppBuilder against(ScriptedProvider provider) {
        filterParam("issuer", provider.issuer()).filterParam("clientId", provider.clientId());
        return provider.clientSecret().isEmpty() ? this : filterParam("clientSecret", provider.clientSecret());
    }

    /** An init-parameter of the filter. */
    public AppBuilder filterParam(String name, String value) {
        params.put(name, value);
        return this;
    }

    /** An init-parameter of the servlet context. */
    public AppBuilder contextParam(String name, String value) {
        contextParams.put(name, value);
        return this;
    }

    /** The context path, such as {@code /app}; by default the application is the root. */
    public AppBuilder contextPath(String path) {
        contextPath = path;
        return this;
    }

    /** The filter's name. */
    public AppBuilder filterName(String name) {
        filterName = name;
        return this;
    }

    /** Leaves the filter's name to the container; Tomcat's embedded form insists on one. */
    public AppBuilder unnamedFilter() {
        return filterName("");
    }

    /** What the filter is mapped to, in place of everything. */
    public AppBuilder mapping(String... patterns) {
        mappings = List.of(patterns);
        return this;
    }

    /** The dispatches that the filter takes part in, in place of REQUEST, ASYNC and ERROR. */
    public AppBuilder dispatches(DispatcherType first, DispatcherType... more) {
        dispatches = EnumSet.of(first, more);
        return this;
    }

    /** Puts another filter in the place of ours. */
    public AppBuilder filter(Filter other) {
        filter = other;
        return this;
    }

    /** What the application's classes and services are found through. */
    public AppBuilder classLoader(ClassLoader loader) {
        classLoader = loader;
        return this;
    }

    /** Puts a filter of the application before ours. */
    public AppBuilder filterBefore(String name, Filter other) {
        before.add(new FilterSpec(name, other, Map.of(), List.of("/*"), EnumSet.allOf(DispatcherType.class)));
        return this;
    }

    /** Puts a second filter of ours behind the first. */
    public AppBuilder secondFilter(String name, Map<String, String> initParams, String... patterns) {
        after.add(new FilterSpec(
                name, newFilter(), LoginState.added(Map.copyOf(initParams)), List.of(patterns), dispatches));
        return this;
    }

    /** A servlet of the application. */
    public AppBuilder servlet(String pattern, Servlet servlet) {
        servlets.put(pattern, servlet);
        return this;
    }

    /** What the probe is mapped to, in place of everything. */
    public AppBuilder probeAt(String... patterns) {
        probeMappings = List.of(patterns);
        return this;
    }

    /**
     * A file that the container's default servlet serves; {@code index.html} is a welcome file. Needs
     * {@link #probeAt}, as the probe would hide it.
     */
    public AppBuilder file(String name, String content) {
        files.put(name, content);
        return this;
    }

    /** The path of the application's error page, for every error. */
    public AppBuilder errorPage(String path) {
        errorPage = path;
        return this;
    }

    /** Runs without session handling, which only Jetty can. */
    public AppBuilder withoutSessions() {
        withSessions = false;
        return this;
    }

    /** The idle time that new sessions get. */
    public AppBuilder sessionTimeout(Duration timeout) {
        sessionTimeout = timeout;
        return this;
    }

    /** The name of the session cookie. */
    public AppBuilder sessionCookie(String name) {
        sessionCookie = name;
        return this;
    }

    /** The SameSite attribute of the session cookie: Strict, Lax or None. */
    public AppBuilder sameSite(String value) {
        sameSite = value;
        return this;
    }

    /** Has the container mark the session cookie Secure, as behind a proxy that speaks https. */
    public AppBuilder secureSessionCookie() {
        secureCookie = true;
        return this;
    }

    /** How the container finds a request's session, in place of its own way: COOKIE, URL or both. */
    public AppBuilder tracking(SessionTrackingMode first, SessionTrackingMode... more) {
        trackingModes = EnumSet.of(first, more);
        return this;
    }

    /** Lets the container take paths that it refuses by default: encoded slashes, backslashes. */
    public AppBuilder lenientPaths() {
        lenient = true;
        return this;
    }

    /** Starts the application; fails the test when it does not come up. */
    public App start() {
        try {
            return launch();
        } catch (ServletException e) {
            throw new AssertionError("The application does not start: " + e.getMessage(), e);
        }
    }

    /** What the filter throws at the start; fails the test when the application comes up. */
    public ServletException startFailing() {
        try (App app = launch()) {
            throw new AssertionError("The application has started, on port " + app.port());
        } catch (ServletException e) {
            Eavesdropper.RUN.thrown(e);
            return e;
        }
    }

    private App launch() throws ServletException {
        sessions = new Sessions(sessionCookie, sessionTimeout);
        return container.start(this);
    }

    /** All filters, in order. */
    List<FilterSpec> filters() {
        List<FilterSpec> all = new ArrayList<>(before);
        all.add(new FilterSpec(filterName, filter, LoginState.added(params), mappings, dispatches));
        all.addAll(after);
        return all;
    }

    /** All servlets by pattern, the probe included. */
    Map<String, Servlet> servlets() {
        Map<String, Servlet> all = new LinkedHashMap<>(servlets);
        probeMappings.forEach(pattern -> all.putIfAbsent(pattern, probe));
        return all;
    }

    Map<String, String> contextParams() {
        return contextParams;
    }

    Map<String, String> files() {
        return files;
    }

    String contextPath() {
        return contextPath;
    }

    String errorPage() {
        return errorPage;
    }

    String sameSite() {
        return sameSite;
    }

    String sessionCookie() {
        return sessionCookie;
    }

    ClassLoader classLoader() {
        return classLoader;
    }

    Duration sessionTimeout() {
        return sessionTimeout;
    }

    /** Empty where the container's own way is wanted. */
    Set<SessionTrackingMode> trackingModes() {
        return trackingModes;
    }

    boolean hasSessions() {
        return withSessions;
    }

    boolean hasSecureCookie() {
        return secureCookie;
    }

    boolean isLenient() {
        return lenient;
    }

    Sessions sessions() {
        return sessions;
    }

    Probe probe() {
        return probe;
    }

    private static Filter newFilter() {
        try {
            return Class.forName(FILTER)
                    .asSubclass(Filter.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
