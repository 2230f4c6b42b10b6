package io.github.pkceauth.testkit;

import jakarta.servlet.ServletException;

/** The servlet containers of the tests. */
public enum Container {
    /** Embedded Jetty 12.1, environment EE10. */
    JETTY {
        @Override
        App start(AppBuilder builder) throws ServletException {
            return JettyLauncher.start(builder);
        }
    },
    /** Embedded Tomcat 10.1. */
    TOMCAT {
        @Override
        App start(AppBuilder builder) throws ServletException {
            return TomcatLauncher.start(builder);
        }
    };

    /** Starts the application, or tells why the filter would not. */
    abstract App start(AppBuilder builder) throws ServletException;
}
