package io.github.pkceauth.functional;

import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Every kind of answer that is the filter's own. */
final class OwnAnswers {
    private OwnAnswers() {}

    /** What an application must say to have them all. */
    static AppBuilder described(AppBuilder app) {
        return app.filterParam("stepUp", "/gold/* acr=gold")
                .filterParam("rolesClaim", "roles")
                .filterParam("roleRules", "/nobodys/* nobody");
    }

    static Stream<Named<Function<Scene, Page>>> all() {
        return Stream.of(
                Named.of("to the provider", scene -> scene.browser().navigate(scene.url("/reports"))),
                Named.of("back to the page", OwnAnswers::callback),
                Named.of("a reloaded callback", scene -> {
                    Browser browser = scene.signedIn();
                    return browser.navigate(scene.url("/callback"));
                }),
                Named.of("a failure", scene -> {
                    scene.provider.authorization().answersError("access_denied", "no");
                    return callback(scene);
                }),
                Named.of(
                        "a failure as JSON",
                        scene -> scene.browser()
                                .request(scene.url("/callback?state=x.again"))
                                .header("Accept", "application/json")
                                .send()),
                Named.of("login required", scene -> scene.browser().fetch(scene.url("/reports"))),
                Named.of("stronger login required", scene -> scene.signedIn().fetch(scene.url("/gold/api"))),
                Named.of("to the provider once more", scene -> scene.signedIn().navigate(scene.url("/gold/page"))),
                Named.of("a login that is not strong", scene -> scene.logIn("/gold/page")),
                Named.of("for others", scene -> scene.signedIn().navigate(scene.url("/nobodys/page"))),
                Named.of("for others as JSON", scene -> scene.signedIn().fetch(scene.url("/nobodys/api"))),
                Named.of(
                        "a preflight",
                        scene -> scene.browser()
                                .request(scene.url("/reports"))
                                .method("OPTIONS")
                                .header("Origin", "https://other.example")
                                .header("Access-Control-Request-Method", "PUT")
                                .send()),
                Named.of(
                        "a prefetch",
                        scene -> scene.browser()
                                .request(scene.url("/callback"))
                                .header("Sec-Purpose", "prefetch")
                                .send()),
                Named.of(
                        "a wrong method",
                        scene -> scene.browser()
                                .request(scene.url("/logout"))
                                .method("PUT")
                                .send()),
                Named.of("to the provider's logout", scene -> scene.signedIn().navigate(scene.url("/logout"))),
                Named.of(
                        "whether to sign out",
                        scene -> scene.signedIn().clickFrom("https://other.example/", scene.url("/logout"))),
                Named.of(
                        "a refused logout",
                        scene -> scene.signedIn().postFrom("https://other.example/", scene.url("/logout"), Map.of())),
                Named.of("after logout", scene -> {
                    Browser browser = scene.signedIn();
                    return browser.follow(browser.follow(browser.navigate(scene.url("/logout"))));
                }),
                Named.of("an unconfirmed logout", scene -> {
                    Browser browser = scene.signedIn();
                    browser.navigate(scene.url("/logout"));
                    return browser.navigate(scene.url("/"));
                }));
    }

    private static Page callback(Scene scene) {
        return scene.browser().navigate(scene.answered("/reports").toString());
    }
}
