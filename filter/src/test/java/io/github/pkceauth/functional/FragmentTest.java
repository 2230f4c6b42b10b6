package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Form;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code keepFragment}: what stands behind the # of an address outlasts the login. The script's part is played here. */
class FragmentTest {

    @AutoClose
    private final Scene scene = Scene.open(app -> app.filterParam("keepFragment", "true"));

    /** As the page's script sends it. */
    private Page sendWith(Page asking, String fragment) {
        Form form = asking.form();
        return scene.browser()
                .submit(asking, form.filledIn("returnTo", form.fields().get("returnTo") + fragment));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#total", "#/orders/7?tab=x", "#!/a[1]={b}|c", "#%C3%A4", "#", ""})
    void thePageIsShownWithItsFragmentAfterTheLogin(String fragment) {
        Page asking = scene.browser().navigate(scene.url("/page?x=y"));

        Page begun = sendWith(asking, fragment);

        Page page = scene.browser().followFully(begun);
        assertEquals(scene.url("/page?x=y" + fragment), lastRedirect());
        scene.assertSignedIn(page);
    }

    private String lastRedirect() {
        List<Page> pages = scene.browser().history();
        return pages.get(pages.size() - 2).location();
    }

    @Test
    void thePageThatFetchesItIsNobodysAndKeptByNobody() {
        Page asking = scene.browser().navigate(scene.url("/page"));

        assertEquals(200, asking.status());
        assertEquals("no-store", asking.header("Cache-Control"));
        assertTrue(asking.header("Content-Security-Policy").contains("script-src 'nonce-"), asking::toString);
        assertTrue(asking.body().contains("location.hash"));
        assertEquals(scene.url("/login"), asking.form().action());
        assertEquals("POST", asking.form().method());
        assertFalse(asking.headers().has("Set-Cookie"));
        assertEquals(0, scene.provider.requests().size());
    }

    /** The button does the same, without the fragment. */
    @Test
    void itWorksWithoutScripts() {
        Page asking = scene.browser().navigate(scene.url("/page"));

        Page page = scene.browser().followFully(scene.browser().submit(asking));

        assertTrue(asking.body().contains("<noscript>"));
        assertEquals(scene.url("/page"), page.url().toString());
        scene.assertSignedIn(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#\"><script>", "#\\evil", "#a\r\nX: y", "#\u00e4"})
    void aFragmentThatNoBrowserWritesIsNoWayOut(String fragment) {
        Page begun = sendWith(scene.browser().navigate(scene.url("/page")), fragment);

        assertEquals(scene.url("/"), scene.browser().followFully(begun).url().toString());
    }

    @Test
    void thePathCannotAddMarkupToThePage() {
        Page asking = scene.browser().navigate(scene.url("/page?x=%22%3E%3Cscript%3Ealert(1)%3C/script%3E'"));

        assertEquals(
                "/page?x=%22%3E%3Cscript%3Ealert(1)%3C/script%3E'",
                asking.form().fields().get("returnTo"));
        assertEquals(asking.body().indexOf("<script"), asking.body().lastIndexOf("<script"));
    }

    @Test
    void aLoginThatFailsLeavesNoFragmentInAnAddress() {
        Page begun = sendWith(scene.browser().navigate(scene.url("/page?x=y")), "#secret-part");
        scene.provider.authorization().answersError("access_denied", "no");

        Page page = scene.browser().followFully(begun);

        assertEquals(403, page.status());
        assertTrue(page.body().contains("returnTo=%2Fpage%3Fx%3Dy"), page::toString);
        assertFalse(page.body().contains("secret-part"), page::toString);
    }

    @Test
    void scriptsAreToldAsEver() {
        assertEquals(401, scene.browser().fetch(scene.url("/api")).status());
    }

    @Test
    void aPageThatNeedsAStrongerLoginIsNotAskedForItTwice() {
        try (Scene strong =
                Scene.open(app -> app.filterParam("keepFragment", "true").filterParam("stepUp", "/pay/* acr=gold"))) {
            strong.browser().navigateFully(strong.url("/page"));

            Page page = strong.browser().navigate(strong.url("/pay/bill"));

            assertEquals(
                    strong.provider.address(ScriptedProvider.AUTHORIZE),
                    page.redirectTarget().withoutQuery());
        }
    }
}
