package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.config.Access;
import io.github.pkceauth.config.PathRule;
import io.github.pkceauth.oidc.AuthenticationRequirements;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    private static final Handler CALLBACK = (request, response) -> null;
    private static final Handler PUBLIC = (request, response) -> null;
    private static final Handler PROTECTED = (request, response) -> null;
    private static final Handler OTHER = (request, response) -> null;

    private final Routes routes = new Routes(
            Map.of("/callback", CALLBACK), new PublicPaths(List.of("/", "/css/*")), rules(), PUBLIC, PROTECTED, OTHER);

    @Test
    void theFiltersOwnPathIsRouted() {
        assertEquals(CALLBACK, routes.of(Requests.get("/callback").request()));
        assertEquals(CALLBACK, routes.of(Requests.in("/app", "/callback").request()));
    }

    @Test
    void anOwnPathIsRoutedAlsoWhereAServletIsMappedToAPrefix() {
        assertEquals(CALLBACK, routes.of(Requests.get("").pathInfo("/callback").request()));
    }

    /** The container decodes; nobody else must see the path in another way. */
    @Test
    void theDecodedPathCountsAndNotTheRawOneNorTheQuery() {
        assertEquals(
                CALLBACK,
                routes.of(Requests.get("/callback")
                        .uri("/%63allback;jsessionid=1")
                        .query("x=/css/x")
                        .request()));
        assertEquals(OTHER, routes.of(Requests.get("/admin").uri("/callback").request()));
        assertEquals(OTHER, routes.of(Requests.get("/admin").uri("/css/x").request()));
        assertEquals(OTHER, routes.of(Requests.get("/admin").query("/callback").request()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/callback/", "/Callback", "/callback/x", "/callbackx", "/x/callback", ""})
    void whatOnlyResemblesAnOwnPathIsProtected(String path) {
        assertEquals(OTHER, routes.of(Requests.get(path).request()));
    }

    @Test
    void publicPathsGoToTheirHandlerAndAllElseIsProtected() {
        assertEquals(PUBLIC, routes.of(Requests.get("/css/a.css").request()));
        assertEquals(OTHER, routes.of(Requests.get("/reports").request()));
    }

    @Test
    void aPageWithARuleOfItsOwnIsNotPublic() {
        assertEquals(PROTECTED, routes.of(Requests.get("/css/secret/a.css").request()));
    }

    /** Tomcat says its welcome file as the servlet path. */
    @Test
    void theRootPageIsTheRootPageUnderItsWelcomeFilesName() {
        assertEquals(PUBLIC, routes.of(Requests.get("/index.html").uri("/").request()));
        assertEquals(
                PUBLIC,
                routes.of(Requests.in("/app", "/index.html").uri("/app/").request()));
        assertEquals(OTHER, routes.of(Requests.in("/app", "/index.html").request()));
        assertEquals(OTHER, routes.of(Requests.get("/x/index.html").uri("/x/").request()));
    }

    private static PageRules rules() {
        return new PageRules(new Access(
                false,
                false,
                List.of(),
                AuthenticationRequirements.NONE,
                List.of(),
                List.of(new PathRule<>("/css/secret/*", Set.of("admin")))));
    }
}
