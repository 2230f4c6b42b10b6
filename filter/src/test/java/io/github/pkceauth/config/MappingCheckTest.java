package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingCheckTest {

    @ParameterizedTest
    @CsvSource({"callbackPath, /callback", "loginPath, /login", "logoutPath, /logout"})
    void aServletOnOneOfTheFiltersOwnPathsIsNamed(String parameter, String path) {
        assertEquals(
                parameter
                        + " is '"
                        + path
                        + "', and the servlet 'Shop' is mapped to the same path, where no request would reach it:"
                        + " change one of them",
                DeploymentBuilder.minimal()
                        .servlet("Front", "/", "*.jsp", "/callback/*")
                        .servlet("Shop", "/shop", path)
                        .problem());
    }

    @Test
    void theFrontPageMayHaveAServletOfItsOwn() {
        DeploymentBuilder.minimal()
                .servlet("Front", "", "/", "/goodbye")
                .initParam("afterLogoutPath", "/goodbye")
                .config();
    }

    @Test
    void aPathOutsideTheFiltersMappingsIsNamedWithThem() {
        assertEquals(
                List.of(
                        "loginPath is '/login', which is outside the filter's mappings [/app/*, *.html, /callback]: map"
                                + " the filter to it as well, or choose a path inside them",
                        "afterLogoutPath is '/', which is outside the filter's mappings [/app/*, *.html, /callback]:"
                                + " map the filter to it as well, or choose a path inside them"),
                DeploymentBuilder.minimal()
                        .mappedTo("/app/*", "*.html", "/callback")
                        .initParam("logoutPath", "/out.html")
                        .problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app", "/app/", "/app/callback", "/app/a/b"})
    void aPrefixLeadsToItselfAndToAllBehindIt(String path) {
        DeploymentBuilder.minimal()
                .mappedTo("/app/*", "/login", "/logout")
                .initParam("afterLogoutPath", path)
                .initParam("callbackPath", "/app/x")
                .config();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apple", "/ap", "/", "/x/app/y"})
    void aPrefixLeadsNowhereElse(String path) {
        assertEquals(
                "afterLogoutPath is '"
                        + path
                        + "', which is outside the filter's mappings [/app/*, /callback, /login, /logout]: map the"
                        + " filter to it as well, or choose a path inside them",
                DeploymentBuilder.minimal()
                        .mappedTo("/app/*", "/callback", "/login", "/logout")
                        .initParam("afterLogoutPath", path)
                        .problem());
    }

    @Test
    void everythingIsInsideAMappingToEverything() {
        DeploymentBuilder.minimal().mappedTo("/*").config();
    }

    @Test
    void nothingIsComparedWhereTheContainerTellsNothing() {
        DeploymentBuilder.minimal().config();
    }

    @Test
    void aLongPathIsNamedInShort() {
        String path = "/" + "a".repeat(5000);

        String problem = DeploymentBuilder.minimal()
                .initParam("callbackPath", path)
                .initParam("loginPath", path)
                .problem();

        assertTrue(problem.length() < 500, problem);
    }

    @Test
    void twoOwnPathsThatAreEqualAreNamed() {
        assertEquals(
                List.of(
                        "loginPath and logoutPath are both '/session': give each its own path",
                        "callbackPath and afterLogoutPath are both '/callback': give each its own path"),
                DeploymentBuilder.minimal()
                        .initParam("loginPath", "/session")
                        .initParam("logoutPath", "/session")
                        .initParam("afterLogoutPath", "/callback")
                        .problems());
    }
}
