package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules by path where the container shows a file for a folder, and names the folder by it. */
class WelcomeFilesTest {

    private static final String FRONT = "the front page";
    private static final String ADMIN = "the page of the administrators";

    private Scene scene;

    private void open(Container container, String mode) {
        scene = Scene.on(
                container,
                app -> app.filterParam("mode", mode)
                        .filterParam("rolesClaim", "roles")
                        .filterParam("roleRules", "/ admin; /admin admin")
                        .probeAt("/probe")
                        .file("index.html", FRONT)
                        .file("admin/index.html", ADMIN));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static Stream<Arguments> addresses() {
        return Stream.of(Container.values())
                .flatMap(container -> Stream.of(
                                "/",
                                "/;x",
                                "//",
                                "/./",
                                "/%2e/",
                                "/x/../",
                                "/admin",
                                "/admin/",
                                "/admin/;x",
                                "/admin;x/",
                                "/admin//",
                                "/%61dmin/")
                        .map(address -> Arguments.of(container, address)));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void noAddressOfAFolderIsAWayRoundItsRuleWithoutALogin(Container container, String address) {
        open(container, "optional");

        Page page = scene.browser()
                .request(scene.url("") + address)
                .header("Accept", "text/html")
                .send();

        assertFalse(page.body().contains(FRONT) || page.body().contains(ADMIN), page::toString);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void norIsItForAUserWithoutTheRole(Container container, String address) {
        open(container, "required");
        scene.provider.signInAs("bob");
        assertEquals("bob", scene.logIn("/probe").seen().remoteUser());

        Page page = scene.browser()
                .request(scene.url("") + address)
                .header("Accept", "text/html")
                .send();

        assertFalse(page.body().contains(FRONT) || page.body().contains(ADMIN), page::toString);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void whoHasTheRoleSeesTheFile(Container container, String address, String content) {
        open(container, "required");
        scene.provider.signInAs("alice", Map.of("roles", List.of("admin")));

        Page page = scene.logIn(address);

        assertEquals(200, page.status(), page::toString);
        assertTrue(page.body().contains(content), page::toString);
    }

    private static Stream<Arguments> folders() {
        return Stream.of(Container.values())
                .flatMap(container ->
                        Stream.of(Arguments.of(container, "/", FRONT), Arguments.of(container, "/admin/", ADMIN)));
    }
}
