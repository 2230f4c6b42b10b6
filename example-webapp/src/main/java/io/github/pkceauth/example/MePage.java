package io.github.pkceauth.example;

import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.api.Tokens;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The protected page: who is signed in, what the provider said about the user, and a form that posts. */
final class MePage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String ROW = "<div><dt>%s</dt><dd>%s</dd></div>\n";

    private static final String FORMS = """
            <h2>Notes</h2>
            <form method="post" action="%1$s/notes">
              <label for="text">A note, which comes back as JSON</label>
              <input id="text" name="text" autocomplete="off">
              <button>Post</button>
            </form>
            <h2>Done?</h2>
            <form method="post" action="%1$s/logout"><button>Sign out</button></form>
            """;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        PkceUser user = SignedIn.user(request);

        StringBuilder login = new StringBuilder();
        row(login, "Subject", user.subject());
        row(login, "Issuer", user.issuer());
        row(login, "Roles", user.roles().isEmpty() ? "none" : String.join(", ", user.roles()));
        row(login, "Signed in", time(user.loginTime()));
        row(
                login,
                "Access token until",
                time(Tokens.of(request).map(Tokens::accessTokenExpiresAt).orElse(null)));

        StringBuilder claims = new StringBuilder();
        new TreeMap<>(user.claims()).forEach((name, value) -> row(claims, name, String.valueOf(value)));

        Html.write(
                request,
                response,
                user.getName(),
                "<dl>\n" + login + "</dl>\n<h2>Claims</h2>\n<dl>\n" + claims + "</dl>\n"
                        + FORMS.formatted(Html.contextPath(request)));
    }

    private static void row(StringBuilder rows, String name, String value) {
        rows.append(ROW.formatted(Html.escape(name), Html.escape(value)));
    }

    private static String time(@Nullable Instant instant) {
        return instant == null
                ? "not said"
                : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
