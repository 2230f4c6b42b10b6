package io.github.pkceauth.example;

import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.api.Tokens;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The protected page: who is signed in, how long the tokens last and what they are good for, what the provider said about
 * the user, a form that posts, and two ways out.
 */
final class MePage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String ROW = "<div><dt>%s</dt><dd>%s</dd></div>\n";

    private static final String ACTIONS = """
            <div class="actions">
            %s</div>
            """;

    private static final String REFRESH = """
              <form method="post" action="%1$s/refresh"><button>Refresh now</button></form>
            """;

    private static final String CALL = """
              <a class="button" href="%1$s/api/resource">Call the API</a>
            """;

    private static final String NOTHING_TO_CALL = """
            <p class="hint">To call an API with the access token, start with its address in the environment. The
              development provider has one: <code>RESOURCE_URL=http://127.0.0.1:9000/userinfo</code></p>
            """;

    private static final String NOTES = """
            <h2>Notes</h2>
            <form method="post" action="%1$s/notes">
              <label for="text">A note, which comes back as JSON</label>
              <input id="text" name="text" autocomplete="off">
              <button>Post</button>
            </form>
            """;

    private static final String WAYS_OUT = """
            <h2>Done?</h2>
            <div class="actions">
              <form method="post" action="%1$s/sign-out-here"><button>Sign out here</button></form>
              <form method="post" action="%1$s/logout"><button>Sign out everywhere</button></form>
            </div>
            <p class="hint">Here: this application forgets you, and the provider does not, so the next sign-in asks for
              no password. Everywhere: the provider forgets you, too.</p>
            """;

    private final boolean callsApi;

    MePage(boolean callsApi) {
        this.callsApi = callsApi;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        PkceUser user = SignedIn.user(request);
        Optional<Tokens> tokens = Tokens.of(request);
        boolean refreshable = tokens.map(Tokens::refreshToken).isPresent();

        StringBuilder login = new StringBuilder();
        row(login, "Subject", user.subject());
        row(login, "Issuer", user.issuer());
        row(login, "Roles", user.roles().isEmpty() ? "none" : String.join(", ", user.roles()));
        row(login, "Signed in", time(user.loginTime()));

        StringBuilder lifetimes = new StringBuilder();
        row(
                lifetimes,
                "Access token expires",
                expiry(tokens.map(Tokens::accessTokenExpiresAt).orElse(null)));
        row(lifetimes, "Refresh token", refreshable ? "yes, kept on the server" : "none");

        StringBuilder claims = new StringBuilder();
        new TreeMap<>(user.claims()).forEach((name, value) -> row(claims, name, String.valueOf(value)));

        String actions = (refreshable ? REFRESH : "") + (callsApi ? CALL : "");
        String tokenForms = (actions.isEmpty() ? "" : ACTIONS.formatted(actions)) + (callsApi ? "" : NOTHING_TO_CALL);
        String root = Html.contextPath(request);
        Html.write(
                request,
                response,
                user.getName(),
                list(login) + "<h2>Tokens</h2>\n" + list(lifetimes) + tokenForms.formatted(root) + "<h2>Claims</h2>\n"
                        + list(claims) + (NOTES + WAYS_OUT).formatted(root));
    }

    private static String list(StringBuilder rows) {
        return "<dl>\n" + rows + "</dl>\n";
    }

    private static void row(StringBuilder rows, String name, String value) {
        rows.append(ROW.formatted(Html.escape(name), Html.escape(value)));
    }

    private static String expiry(@Nullable Instant expiry) {
        return expiry == null ? "not said" : time(expiry) + ", " + FromNow.say(Duration.between(Instant.now(), expiry));
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
