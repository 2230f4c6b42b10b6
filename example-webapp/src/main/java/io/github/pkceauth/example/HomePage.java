package io.github.pkceauth.example;

import io.github.pkceauth.api.PkceUser;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The public page: a way in, or the user's name and a way out. */
final class HomePage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String SIGNED_OUT = """
            <section>
              <p>Nobody is signed in.</p>
              <p><a class="button" href="%s/login">Sign in</a></p>
            </section>
            """;

    // A POST: the filter ends a session on a button of ours, not on whatever link or image leads here.
    private static final String SIGNED_IN = """
            <section>
              <p>Signed in as <strong>%2$s</strong>.</p>
              <form method="post" action="%1$s/logout"><button>Sign out</button></form>
            </section>
            """;

    private static final String LINKS = """
            <nav>
              <a href="%1$s/me"><strong>/me</strong> who you are, as a page</a>
              <a href="%1$s/api/me"><strong>/api/me</strong> who you are, as JSON</a>
              <a href="%1$s/admin"><strong>/admin</strong> for the role admin only</a>
              <a href="%1$s/choose"><strong>/choose</strong> several providers side by side</a>
              <a href="%1$s/health"><strong>/health</strong> public, for probes</a>
            </nav>
            """;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String root = Html.contextPath(request);
        String login = PkceUser.of(request)
                .map(user -> SIGNED_IN.formatted(root, Html.escape(user.getName())))
                .orElseGet(() -> SIGNED_OUT.formatted(root));
        Html.write(request, response, "Welcome", login + LINKS.formatted(root));
    }
}
