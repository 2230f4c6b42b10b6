package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Behind a proxy: what the deployment says counts, and what the container was told to believe. */
class ProxyTest {
    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final Browser browser = stage.browser();

    // The base address

    @ParameterizedTest
    @EnumSource
    void theBaseUrlTakesThePlaceOfOriginAndContextPath(Container container) {
        FrontDoor door = FrontDoor.shop(stage, App.on(container).contextPath("/app"));

        assertEquals(FrontDoor.SHOP + "/callback", redirectUri(door.navigate(browser, door.url("/reports"))));
    }

    @Test
    void aPrefixOfTheProxysIsNeitherLostNorDoubledOnTheWayBack() {
        FrontDoor door = FrontDoor.shop(stage, App.jetty().contextPath("/app"));

        assertEquals(FrontDoor.SHOP + "/shop/app?a=b", door.signIn(browser, "/shop/app?a=b"));
    }

    @ParameterizedTest
    @CsvSource({"https://www.example.com", "https://www.example.com/", "https://www.example.com:8443/a/b/"})
    void aBaseUrlMayStandForTheRootAndMayEndWithASlash(String baseUrl) {
        App app = stage.start(App.jetty().contextPath("/app").filterParam("baseUrl", baseUrl));

        assertEquals(baseUrl.replaceFirst("/$", "") + "/callback", redirectUri(browser.navigate(app.url("/reports"))));
    }

    @Test
    void theTokenEndpointGetsTheVerySameRedirectUri() {
        FrontDoor door = FrontDoor.shop(stage, App.jetty().contextPath("/app"));

        door.signIn(browser, "/reports");

        assertEquals(
                FrontDoor.SHOP + "/callback",
                provider.request(ScriptedProvider.TOKEN).form().get("redirect_uri"));
    }

    @Test
    void theHintOfAProblemDocumentIsBehindTheBaseUrlToo() {
        FrontDoor door = FrontDoor.shop(stage, App.jetty().contextPath("/app"));

        assertEquals(
                FrontDoor.SHOP + "/login",
                browser.fetch(door.app().url("/api")).json().get("login"));
    }

    @Test
    void aFormsPageBehindTheBaseUrlIsFoundByItsReferer() {
        FrontDoor door = FrontDoor.shop(stage, App.jetty().contextPath("/app"));
        Page atProvider = browser.request(door.app().url("/save"))
                .method("POST")
                .header("Sec-Fetch-Dest", "document")
                .header("Referer", FrontDoor.SHOP + "/edit?id=7")
                .send();

        assertEquals(FrontDoor.SHOP + "/edit?id=7", door.finish(browser, atProvider));
    }

    @ParameterizedTest
    @CsvSource({"/me, /me", "/shop/me, /me", "/app/me, /me", "https://www.example.com/shop/me, /"})
    void returnToIsUnderstoodAsTheBrowserOrTheApplicationSeesIt(String returnTo, String path) {
        FrontDoor door = FrontDoor.shop(stage, App.jetty().contextPath("/app"));

        assertEquals(door.url(path), door.signIn(browser, "/login?returnTo=" + returnTo));
    }

    @Test
    void theRestartOfALoginIsBehindTheBaseUrlToo() {
        FrontDoor door = FrontDoor.shop(stage, App.jetty().contextPath("/app"));

        Page page = door.navigate(browser, door.url("/callback?code=a&state=b"));

        assertEquals(FrontDoor.SHOP + "/callback", redirectUri(page));
        assertEquals(FrontDoor.SHOP + "/", door.finish(browser, page));
    }

    // What the container believes

    @Test
    void whatTheContainerIsToldToBelieveCounts() {
        Filter trusted = (request, response, chain) -> chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public String getScheme() {
                        return "https";
                    }

                    @Override
                    public String getServerName() {
                        return "WWW.Example.com";
                    }

                    @Override
                    public int getServerPort() {
                        return 443;
                    }
                },
                response);
        App app = stage.start(App.jetty().contextPath("/app").filterBefore("trusted proxy", trusted));

        assertEquals("https://www.example.com/app/callback", redirectUri(browser.navigate(app.url("/reports"))));
    }

    @Test
    void anHttpBaseUrlOnThisMachineIsFine() {
        App app = stage.start(App.jetty().filterParam("baseUrl", "http://localhost:8080/app"));

        assertEquals("http://localhost:8080/app/callback", redirectUri(browser.navigate(app.url("/reports"))));
    }

    private static String redirectUri(Page page) {
        return page.redirectTarget().parameters().get("redirect_uri");
    }
}
