package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicPathsTest {

    private final PublicPaths paths =
            new PublicPaths(List.of("/", "/about", "/css/*", "/a/b/*", "*.png", "*.min.js", "/files/*"));

    @ParameterizedTest
    @CsvSource({
        "/, true",
        "/about, true",
        "/about/, false",
        "/about/us, false",
        "/About, false",
        "/css, true",
        "/css/, true",
        "/css/site.css, true",
        "/css/a/b/c, true",
        "/css/a b, true",
        "/cssx, false",
        "/CSS/site.css, false",
        "/a/b, true",
        "/a/b/c, true",
        "/a, false",
        "/a/bc, false",
        "/x/a/b/c, false",
        "/logo.png, true",
        "/deep/logo.png, true",
        "/logo.PNG, false",
        "/logo.png.html, false",
        "/logo.png/x, false",
        "/png, false",
        "/.png, true",
        "/admin, false",
        "'', false"
    })
    void aPathIsPublicByItselfByItsPrefixOrByItsExtension(String path, boolean isPublic) {
        assertEquals(isPublic, paths.contains(path, Requests.get(path).request()));
    }

    @Test
    void anExtensionOfTwoPartsIsNotSupportedAndSoProtected() {
        assertFalse(paths.contains("/app.min.js", Requests.get("/app.min.js").request()));
    }

    @Test
    void anExtensionDoesNotCountInExtraPathInformation() {
        assertFalse(paths.contains(
                "/admin/x.png", Requests.get("/admin").pathInfo("/x.png").request()));
        assertTrue(
                paths.contains("/files/x", Requests.get("/files").pathInfo("/x").request()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/css/../admin",
                "/css/..",
                "/css/./x",
                "/css/.",
                "/css//x",
                "//css/x",
                "/css/x;y",
                "/css/x%2e",
                "/css/%2e%2e/admin",
                "/css\\..\\admin",
                "/css/\0",
                "/css/\n",
                "/css/\u007f",
                "/admin/..;/x.png",
                "/admin\\x.png"
            })
    void whatSomebodyBehindCouldReadInAnotherWayIsNeverPublic(String path) {
        assertFalse(paths.contains(path, Requests.get(path).request()));
    }

    @Test
    void nothingIsPublicWhereNothingIsNamed() {
        PublicPaths none = new PublicPaths(List.of());

        assertFalse(none.contains("/", Requests.get("/").request()));
        assertFalse(none.contains("/x.png", Requests.get("/x.png").request()));
    }
}
