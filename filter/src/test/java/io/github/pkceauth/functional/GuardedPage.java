package io.github.pkceauth.functional;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.RawHttp;
import java.util.ArrayList;
import java.util.List;

/** A protected page beside public ones, and the ways that somebody might try to get round to it. */
final class GuardedPage {
    /** What nobody sees without a login. */
    static final String SECRET = "the protected page";

    private static final String MARK = "X-Protected";

    /** Spellings that lead to the protected page, or look as if they were public. */
    static final List<String> DETOURS = List.of(
            "/admin",
            "/admin/",
            "/admin;x",
            "/admin;/health",
            "/admin/;x",
            "/;x/admin",
            "//admin",
            "///admin",
            "/./admin",
            "/x/../admin",
            "/health/../admin",
            "/health;x/../admin",
            "/health/..;/admin",
            "/health/..;x=y/admin",
            "/health/%2e%2e/admin",
            "/health/%2E%2E/admin",
            "/health/.%2e/admin",
            "/health/%2e%2e%2fadmin",
            "/health%2f..%2fadmin",
            "/health%2F..%2Fadmin",
            "/health/..%2fadmin",
            "/health/..%5cadmin",
            "/health/..\\admin",
            "/health\\..\\admin",
            "/health%5c..%5cadmin",
            "/static/../admin",
            "/static//../admin",
            "/static/../../admin",
            "/static/..;/admin",
            "/static/;/../admin",
            "/static/%2e%2e/admin",
            "/static/%2e%2e;/admin",
            "/static/%2e%2e%2fadmin",
            "/static%2f..%2fadmin",
            "/static/..%2fadmin",
            "/static/..%5cadmin",
            "/static/..\\admin",
            "/static/%252e%252e/admin",
            "/static/..%252fadmin",
            "/static/.%00./admin",
            "/static/..%00/admin",
            "/static/..%0d%0a/admin",
            "/static/..%c0%af../admin",
            "/static/%c0%ae%c0%ae/admin",
            "/static/%uff0e%uff0e/admin",
            "/static/..%u2215admin",
            "/%61dmin",
            "/%41dmin",
            "/a%64min",
            "/admin%2f",
            "/admin%3b",
            "/admin%3bx.css",
            "/admin;x.css",
            "/admin/x.css",
            "/admin/.css",
            "/admin%00.css",
            "/admin%0a.css",
            "/admin?.css",
            "/admin?/static/",
            "/admin%3f.css",
            "/admin%23.css",
            "/admin#.css",
            "/ADMIN",
            "/Admin",
            "/admin.",
            "/admin%20",
            "/admin%09",
            "/callback/../admin",
            "/callback;/../admin",
            "/login/..;/admin",
            "/login/../admin",
            "/logout/../admin",
            "/logout/%2e%2e/admin",
            "/callback/admin",
            "/login/admin",
            "/bye/../admin",
            "/bye/..;/admin");

    private GuardedPage() {}

    /** A protected page behind every path that leads to no public one. */
    static AppBuilder on(Container container, boolean lenient) {
        Handmade secret = Handmade.does((request, response) -> {
            response.setHeader(MARK, "yes");
            response.getWriter().print(SECRET);
        });
        AppBuilder app = App.on(container)
                .servlet("/admin/*", secret)
                .servlet("/", secret)
                .probeAt("/health", "/static/*", "*.css", "/bye")
                .filterParam("publicPaths", "/health /static/* *.css")
                .filterParam("afterLogoutPath", "/bye");
        return lenient ? app.lenientPaths() : app;
    }

    /** The spellings that show it to somebody who is not signed in. */
    static List<String> detoursThatShowIt(App app, String contextPath, String method) {
        List<String> shown = new ArrayList<>();
        for (String detour : DETOURS) {
            Page page = RawHttp.to(app.port()).request(method, contextPath + detour, "", "Accept: text/html");
            if (page.body().contains(SECRET) || page.headers().has(MARK)) {
                shown.add(detour + " -> " + page);
            }
        }
        return shown;
    }
}
