package io.github.pkceauth.benchmarks.spring;

import io.github.pkceauth.benchmarks.Settings;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Spring's own chain of filters, with the application context that it comes from. */
final class SpringFilter implements Filter {

    private final Settings settings;
    private @Nullable AnnotationConfigWebApplicationContext beans;
    private @Nullable Filter chain;

    SpringFilter(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void init(FilterConfig config) {
        AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
        context.setServletContext(config.getServletContext());
        context.addBeanFactoryPostProcessor(factory -> factory.registerSingleton("settings", settings));
        context.register(SecurityConfiguration.class);
        context.refresh();
        chain = context.getBean("springSecurityFilterChain", Filter.class);
        beans = context;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain next)
            throws IOException, ServletException {
        Filter ready = chain;
        if (ready == null) {
            throw new ServletException("not initialised");
        }
        ready.doFilter(request, response, next);
    }

    @Override
    public void destroy() {
        AnnotationConfigWebApplicationContext context = beans;
        if (context != null) {
            context.close();
        }
    }
}
