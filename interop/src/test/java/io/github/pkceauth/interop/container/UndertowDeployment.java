package io.github.pkceauth.interop.container;

import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.ServletStackTraces;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EventListener;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A web application as Undertow wants it described, which reads no {@code web.xml}: all that it says is said here. */
final class UndertowDeployment {

    private final WebXml webXml;
    private final ClassLoader classLoader;
    private final DeploymentInfo deployment = new DeploymentInfo();

    private UndertowDeployment(WebXml webXml, ClassLoader classLoader) {
        this.webXml = webXml;
        this.classLoader = classLoader;
    }

    /**
     * The description of an application.
     *
     * @param application what is deployed
     * @param unpacked the folder of it
     */
    static DeploymentInfo of(WebApp application, Path unpacked) throws IOException, ClassNotFoundException {
        UndertowDeployment description = new UndertowDeployment(WebXml.of(unpacked), OwnFirstClassLoader.of(unpacked));
        DeploymentInfo deployment = description
                .deployment
                .setDeploymentName("context " + application.contextPath())
                .setContextPath(application.contextPath().isEmpty() ? "/" : application.contextPath())
                .setClassLoader(description.classLoader)
                .setResourceManager(new PathResourceManager(unpacked))
                // By default the filter's first request would find out that it is misconfigured.
                .setEagerFilterInit(true)
                // By default whoever comes from the same machine, as from a proxy there, is shown stack traces.
                .setServletStackTraces(ServletStackTraces.NONE);
        application.parameters().forEach(deployment::addInitParameter);
        description.describe();
        return deployment;
    }

    private void describe() throws ClassNotFoundException {
        for (String listener : webXml.all("listener").stream()
                .map(each -> each.text("listener-class"))
                .toList()) {
            deployment.addListener(
                    new ListenerInfo(Class.forName(listener, false, classLoader).asSubclass(EventListener.class)));
        }
        for (WebXml filter : webXml.all("filter")) {
            addFilter(filter);
        }
        webXml.all("filter-mapping").forEach(this::mapFilter);
        for (WebXml servlet : webXml.all("servlet")) {
            addServlet(servlet);
        }
        for (WebXml page : webXml.all("error-page")) {
            deployment.addErrorPage(new ErrorPage(page.text("location")));
        }
        webXml.all("welcome-file-list").forEach(list -> deployment.addWelcomePages(list.texts("welcome-file")));
        webXml.first("session-config").ifPresent(this::configureSessions);
    }

    private void addFilter(WebXml filter) throws ClassNotFoundException {
        String filterClass = filter.text("filter-class");
        FilterInfo info = new FilterInfo(
                filter.text("filter-name"),
                Class.forName(filterClass, false, classLoader).asSubclass(Filter.class));
        info.setAsyncSupported(filter.isTrue("async-supported"));
        filter.all("init-param")
                .forEach(parameter -> info.addInitParam(parameter.text("param-name"), parameter.text("param-value")));
        deployment.addFilter(info);
    }

    private void mapFilter(WebXml mapping) {
        List<String> dispatchers = mapping.texts("dispatcher");
        for (String pattern : mapping.texts("url-pattern")) {
            for (String dispatcher : dispatchers.isEmpty() ? List.of("REQUEST") : dispatchers) {
                deployment.addFilterUrlMapping(
                        mapping.text("filter-name"), pattern, DispatcherType.valueOf(dispatcher));
            }
        }
    }

    private void addServlet(WebXml servlet) throws ClassNotFoundException {
        String name = servlet.text("servlet-name");
        ServletInfo info = new ServletInfo(
                name,
                Class.forName(servlet.text("servlet-class"), false, classLoader).asSubclass(Servlet.class));
        info.setAsyncSupported(servlet.isTrue("async-supported"));
        webXml.all("servlet-mapping").stream()
                .filter(mapping -> mapping.text("servlet-name").equals(name))
                .flatMap(mapping -> mapping.texts("url-pattern").stream())
                .forEach(info::addMapping);
        deployment.addServlet(info);
    }

    /** Where the Servlet API has it, in which all attributes of the cookie can be said. */
    private void configureSessions(WebXml config) {
        ServletContainerInitializer initializer = (classes, context) -> configureSessions(config, context);
        deployment.addServletContainerInitializer(new ServletContainerInitializerInfo(
                initializer.getClass(), new ImmediateInstanceFactory<>(initializer), Set.of()));
    }

    private static void configureSessions(WebXml config, ServletContext context) {
        config.first("cookie-config").ifPresent(cookie -> configure(cookie, context.getSessionCookieConfig()));
        Set<SessionTrackingMode> modes = config.texts("tracking-mode").stream()
                .map(SessionTrackingMode::valueOf)
                .collect(Collectors.toSet());
        if (!modes.isEmpty()) {
            context.setSessionTrackingModes(modes);
        }
    }

    private static void configure(WebXml cookie, SessionCookieConfig config) {
        config.setName(cookie.text("name"));
        config.setHttpOnly(cookie.isTrue("http-only"));
        cookie.all("attribute")
                .forEach(attribute ->
                        config.setAttribute(attribute.text("attribute-name"), attribute.text("attribute-value")));
    }
}
