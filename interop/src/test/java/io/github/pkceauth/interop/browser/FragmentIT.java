package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands behind the # of a page's address, where it is to outlast the login. */
class FragmentIT extends InChromium {

    private App app;

    @BeforeEach
    void open() {
        pages().page("/page", "<p>the page</p>");
        app = start(describe().filterParam("keepFragment", "true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#total", "#/orders/7?tab=x", "#!/a[1]={b}|c", "#%C3%A4", ""})
    void theUserComesToThePageAndItsPart(String fragment) {
        browser().get(app.url("/page?x=y" + fragment));

        browser().awaitText("the page");
        assertEquals(app.url("/page?x=y" + fragment), browser().getCurrentUrl());
        assertEquals(List.of(), browser().console());
    }

    @Test
    void theProviderIsNotToldOfIt() {
        browser().get(app.url("/page#secret-part"));
        browser().awaitText("the page");

        provider()
                .requests(ScriptedProvider.AUTHORIZE)
                .forEach(request -> assertFalse(request.toString().contains("secret-part")));
    }

    @Test
    void backLeadsOutAndNotIntoTheLoginAgain() {
        browser().get(app.url("/public/start"));
        browser().get(app.url("/page#total"));
        browser().awaitText("the page");

        browser().navigate().back();

        browser().awaitAddress(app.url("/public/start"));
    }
}
