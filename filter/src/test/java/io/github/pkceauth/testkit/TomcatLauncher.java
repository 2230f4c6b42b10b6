package io.github.pkceauth.testkit;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.http.Rfc6265CookieProcessor;
import org.jspecify.annotations.Nullable;

/** Runs a described application on embedded Tomcat. */
final class TomcatLauncher {
    private TomcatLauncher() {}

    static App start(AppBuilder app) throws ServletException {
        if (!app.hasSessions()) {
            throw new UnsupportedOperationException("Tomcat always has sessions");
        }
        ContainerLogs.hush();
        WebFolder folder = WebFolder.with(app.files());
        Tomcat tomcat = new Tomcat();
        tomcat.setSilent(true);
        tomcat.setBaseDir(folder.path().toString());
        tomcat.setPort(0);
        Connector connector = tomcat.getConnector();
        connector.setProperty("address", "127.0.0.1");
        if (app.isLenient()) {
            connector.setAllowBackslash(true);
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.DECODE.getValue());
        }
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Context context = context(app, folder, tomcat, failure);
        App.Stop stop = () -> {
            tomcat.stop();
            tomcat.destroy();
            folder.delete();
        };
        try {
            tomcat.start();
            if (!context.getState().isAvailable()) {
                throw new LifecycleException("The context is " + context.getState(), failure.get());
            }
            return new App(app, connector.getLocalPort(), stop);
        } catch (LifecycleException e) {
            stopQuietly(stop, e);
            throw Failures.servletException(e);
        }
    }

    private static Context context(
            AppBuilder app, WebFolder folder, Tomcat tomcat, AtomicReference<@Nullable Throwable> failure) {
        StandardContext context = (StandardContext)
                tomcat.addContext(app.contextPath(), folder.path().toString());
        context.setParentClassLoader(app.classLoader());
        app.contextParams().forEach(context::addParameter);
        Sessions.Listener listener = app.sessions().listener();
        context.addApplicationLifecycleListener(listener);
        context.addApplicationEventListener(listener);
        if (!app.sessionCookie().equals(AppBuilder.USUAL_SESSION_COOKIE)) {
            // It names the path parameter too, which is lower case otherwise.
            context.setSessionCookieName(app.sessionCookie());
        }
        if (!app.sessionTimeout().isZero()) {
            context.setSessionTimeout(
                    Math.max(1, Math.toIntExact(app.sessionTimeout().toMinutes())));
        }
        if (!app.trackingModes().isEmpty()) {
            context.addServletContainerInitializer(
                    (classes, servletContext) -> servletContext.setSessionTrackingModes(app.trackingModes()), null);
        }
        if (app.hasSecureCookie()) {
            context.addServletContainerInitializer(
                    (classes, servletContext) ->
                            servletContext.getSessionCookieConfig().setSecure(true),
                    null);
        }
        if (!app.sameSite().isEmpty()) {
            Rfc6265CookieProcessor cookies = new Rfc6265CookieProcessor();
            cookies.setSameSiteCookies(app.sameSite());
            context.setCookieProcessor(cookies);
        }
        app.filters().forEach(spec -> add(spec, context, failure));
        app.servlets().forEach((pattern, servlet) -> add(pattern, servlet, context));
        if (!app.files().isEmpty()) {
            add("/", new DefaultServlet(), context);
            context.addWelcomeFile("index.html");
        }
        if (!app.errorPage().isEmpty()) {
            ErrorPage errors = new ErrorPage();
            errors.setLocation(app.errorPage());
            context.addErrorPage(errors);
        }
        return context;
    }

    private static void add(FilterSpec spec, Context context, AtomicReference<@Nullable Throwable> failure) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(spec.name());
        definition.setFilterClass(spec.filter().getClass().getName());
        definition.setFilter(new InitWitness(spec.filter(), failure));
        definition.setAsyncSupported("true");
        spec.params().forEach(definition::addInitParameter);
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(spec.name());
        for (String pattern : spec.mappings()) {
            map.addURLPattern(pattern);
        }
        for (DispatcherType dispatch : spec.dispatches()) {
            map.setDispatcher(dispatch.name());
        }
        context.addFilterMap(map);
    }

    private static void add(String pattern, Servlet servlet, Context context) {
        Wrapper wrapper = Tomcat.addServlet(context, "servlet of " + pattern, servlet);
        wrapper.setAsyncSupported(true);
        context.addServletMapping(pattern, wrapper.getName());
    }

    private static void stopQuietly(App.Stop stop, Exception cause) {
        try {
            stop.run();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }
}
