package io.github.pkceauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.pkceauth.config.Deployment;
import io.github.pkceauth.config.Source;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.stubbing.OngoingStubbing;

class FilterDeploymentTest {

    private final ServletContext context = context();
    private final FilterConfig filterConfig = filterConfig("login", context);
    private final Map<String, FilterRegistration> filters = new LinkedHashMap<>();
    private final Map<String, ServletRegistration> servlets = new LinkedHashMap<>();

    @Test
    void aContainerThatTellsNothingIsTolerated() {
        Deployment deployment = describe(filterConfig("login", context));

        assertEquals("login", deployment.filterName());
        assertFalse(deployment.nameTaken());
        assertEquals(Set.of(), deployment.otherFilters());
        assertEquals(Optional.empty(), deployment.filterMappings());
        assertEquals(Map.of(), deployment.servletMappings());
        assertEquals(Map.of(), source(deployment, Source.Kind.CONTEXT_PARAM));
        assertEquals(Map.of(), source(deployment, Source.Kind.INIT_PARAM));
    }

    @Test
    void aTestWithoutAContextIsTolerated() {
        FilterDeployment here = FilterDeployment.of(filterConfig("login", null));
        here.claimName();
        here.releaseName();

        assertFalse(here.describe().nameTaken());
        assertEquals(Map.of(), source(here.describe(), Source.Kind.CONTEXT_PARAM));
    }

    @Test
    void aContextThatAListenerSetUpTellsNoRegistrations() {
        when(context.getFilterRegistrations()).thenThrow(new UnsupportedOperationException("of a listener"));
        when(context.getServletRegistrations()).thenThrow(new UnsupportedOperationException("of a listener"));

        Deployment deployment = describe(filterConfig);

        assertEquals(Optional.empty(), deployment.filterMappings());
        assertEquals(Map.of(), deployment.servletMappings());
        assertEquals(Set.of(), deployment.otherFilters());
    }

    @Test
    void aContextThatHasStartedTellsNoRegistrations() {
        when(context.getFilterRegistrations()).thenThrow(new IllegalStateException("started"));
        when(context.getServletRegistrations()).thenThrow(new IllegalStateException("started"));

        assertEquals(Optional.empty(), describe(filterConfig).filterMappings());
    }

    @Test
    void aRegistrationWithoutMappingsIsTolerated() {
        FilterRegistration bare = filter("login", PkceAuthFilter.class.getName());
        when(bare.getUrlPatternMappings()).thenReturn(null);
        when(bare.getServletNameMappings()).thenReturn(null);
        servlet("Shop").thenReturn(null);

        Deployment deployment = describeRegistered();

        assertEquals(Optional.empty(), deployment.filterMappings());
        assertEquals(List.of(), List.copyOf(deployment.servletMappings().get("Shop")));
    }

    @Test
    void theSourcesAreInTheOrderInWhichTheyAreAsked() {
        when(filterConfig.getInitParameterNames()).thenReturn(Collections.enumeration(List.of("issuer", "odd")));
        when(filterConfig.getInitParameter("issuer")).thenReturn("https://id.example.com");
        when(context.getInitParameterNames()).thenReturn(Collections.enumeration(List.of("pkce.clientId")));
        when(context.getInitParameter("pkce.clientId")).thenReturn("the-client");

        Deployment deployment = describe(filterConfig);

        assertEquals(
                List.of(Source.Kind.values()),
                deployment.sources().stream().map(Source::kind).toList());
        assertEquals(Map.of("pkce.clientId", "the-client"), source(deployment, Source.Kind.CONTEXT_PARAM));
        assertEquals(Map.of("issuer", "https://id.example.com"), source(deployment, Source.Kind.INIT_PARAM));
        assertEquals(System.getenv(), source(deployment, Source.Kind.ENVIRONMENT));
        assertEquals(
                System.getProperty("java.version"),
                source(deployment, Source.Kind.SYSTEM_PROPERTY).get("java.version"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "io.github.pkceauth.PkceAuthFilter",
                "io.github.pkceauth.PkceAuthFilter-5e9f23b4",
                "io.github.pkceauth.PkceAuthFilter@1b2c3d"
            })
    void aNameThatTheContainerInventedIsPkce(String invented) {
        FilterDeployment here = FilterDeployment.of(filterConfig(invented, context));

        assertEquals("pkce", here.filterName());
        assertEquals("pkce", here.describe().filterName());
    }

    @Test
    void aGivenNameStays() {
        assertEquals(
                "my PkceAuthFilter",
                FilterDeployment.of(filterConfig("my PkceAuthFilter", context)).filterName());
    }

    @Test
    void aNameIsTakenUntilItIsReleased() {
        FilterDeployment first = FilterDeployment.of(filterConfig("login", context));
        first.claimName();

        assertTrue(describe(filterConfig("login", context)).nameTaken());
        assertFalse(describe(filterConfig("admin", context)).nameTaken());

        first.releaseName();

        assertFalse(describe(filterConfig("login", context)).nameTaken());
    }

    @Test
    void otherFiltersAreThoseOfThisClassUnderOtherNames() {
        filter("login", PkceAuthFilter.class.getName());
        filter("admin", PkceAuthFilter.class.getName());
        filter("encoding", "com.example.EncodingFilter");
        filter("unknown", null);

        assertEquals(Set.of("admin"), describeRegistered().otherFilters());
    }

    @Test
    void theFiltersMappingsAreItsUrlPatternsAndThoseOfItsServlets() {
        FilterRegistration login = filter("login", PkceAuthFilter.class.getName());
        when(login.getUrlPatternMappings()).thenReturn(List.of("/app/*"));
        when(login.getServletNameMappings()).thenReturn(List.of("Shop", "Nowhere"));
        servlet("Shop").thenReturn(List.of("/shop", "*.shop"));
        servlet("Other").thenReturn(List.of("/other"));

        Deployment deployment = describeRegistered();

        assertEquals(
                List.of("/app/*", "/shop", "*.shop"),
                List.copyOf(deployment.filterMappings().orElseThrow()));
        assertEquals(Set.of("Shop", "Other"), deployment.servletMappings().keySet());
    }

    /** Jakarta Servlet 6.0 section 12.2: a servlet mapped to "/" gets whatever no other servlet does. */
    @Test
    void aFilterOfTheDefaultServletIsMappedToEverything() {
        FilterRegistration login = filter("login", PkceAuthFilter.class.getName());
        when(login.getServletNameMappings()).thenReturn(List.of("dispatcher"));
        servlet("dispatcher").thenReturn(List.of("/"));

        assertEquals(
                List.of("/*"), List.copyOf(describeRegistered().filterMappings().orElseThrow()));
    }

    private static Deployment describe(FilterConfig config) {
        return FilterDeployment.of(config).describe();
    }

    private Deployment describeRegistered() {
        doReturn(filters).when(context).getFilterRegistrations();
        doReturn(servlets).when(context).getServletRegistrations();
        return describe(filterConfig);
    }

    private FilterRegistration filter(String name, String className) {
        FilterRegistration registration = mock(FilterRegistration.class);
        when(registration.getClassName()).thenReturn(className);
        filters.put(name, registration);
        return registration;
    }

    private OngoingStubbing<Collection<String>> servlet(String name) {
        ServletRegistration registration = mock(ServletRegistration.class);
        servlets.put(name, registration);
        return when(registration.getMappings());
    }

    private static Map<String, String> source(Deployment deployment, Source.Kind kind) {
        return deployment.sources().stream()
                .filter(source -> source.kind() == kind)
                .findFirst()
                .orElseThrow()
                .values();
    }

    /** A context that answers null to everything but its attributes. */
    static ServletContext context() {
        ServletContext context = mock(ServletContext.class, call -> null);
        Map<String, Object> attributes = new HashMap<>();
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(context)
                .setAttribute(anyString(), any());
        doAnswer(call -> attributes.remove(call.<String>getArgument(0)))
                .when(context)
                .removeAttribute(anyString());
        doAnswer(call -> attributes.get(call.<String>getArgument(0)))
                .when(context)
                .getAttribute(anyString());
        return context;
    }

    static FilterConfig filterConfig(String name, ServletContext context) {
        FilterConfig config = mock(FilterConfig.class, call -> null);
        doReturn(name).when(config).getFilterName();
        doReturn(context).when(config).getServletContext();
        return config;
    }
}
