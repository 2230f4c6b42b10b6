package io.github.pkceauth.example;

import io.github.pkceauth.api.PkceUser;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The ways in, side by side: at each provider, who is signed in there, or a link to do so. */
final class ChoosePage extends HttpServlet {

    static final String PATH = "/choose";

    private static final long serialVersionUID = 1L;

    private static final String SIGNED_OUT = """
            <section>
              <h2>%1$s</h2>
              <p>Nobody is signed in.</p>
              <p><a class="button" href="%2$s/login?returnTo=%3$s">Sign in</a></p>
            </section>
            """;

    private static final String SIGNED_IN = """
            <section>
              <h2>%1$s</h2>
              <p>Signed in as <a href="%2$s/me"><strong>%4$s</strong></a>, by %5$s.</p>
            </section>
            """;

    private static final String SIGN_OUT = """
            <form method="post" action="%s/logout"><button>Sign out</button></form>
            <p class="hint">The session is one, so this ends both; the provider that this button asks is the first one
              that you are signed in at.</p>
            """;

    private static final String NO_PARTNER = """
            <p class="hint">There is no second provider here: name one in <code>PKCE_PARTNER_ISSUER</code> and
              <code>PKCE_PARTNER_CLIENT_ID</code>.</p>
            """;

    private final boolean hasPartner;

    ChoosePage(boolean hasPartner) {
        this.hasPartner = hasPartner;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String root = Html.contextPath(request);
        String ways = wayIn(request, "Our provider", "pkce", root)
                + (hasPartner
                        ? wayIn(request, "The partner's provider", Partner.FILTER, root + Partner.PAGES)
                        : NO_PARTNER);
        String first = PkceUser.of(request, "pkce").isPresent() ? root : root + Partner.PAGES;
        boolean isSignedIn = PkceUser.of(request).isPresent();
        Html.write(request, response, "Choose", ways + (isSignedIn ? SIGN_OUT.formatted(first) : ""));
    }

    private static String wayIn(HttpServletRequest request, String title, String filter, String paths) {
        return PkceUser.of(request, filter)
                .map(user -> SIGNED_IN.formatted(
                        title, paths, PATH, Html.escape(user.getName()), Html.escape(user.issuer())))
                .orElseGet(() -> SIGNED_OUT.formatted(title, paths, PATH));
    }
}
