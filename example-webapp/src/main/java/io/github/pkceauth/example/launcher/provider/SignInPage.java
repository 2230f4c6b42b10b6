package io.github.pkceauth.example.launcher.provider;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.csrf.CsrfToken;

/** The login form. */
final class SignInPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String ERROR = "<p class=\"error\" role=\"alert\">User name or password is wrong.</p>\n";

    private static final String FORM = """
            <form method="post" action="%1$s">
              <input type="hidden" name="%2$s" value="%3$s">
              <input type="hidden" name="%4$s" value="%5$s">
              <label for="username">User name</label>
              <input id="username" name="username" autocomplete="username" autocapitalize="none" required autofocus>
              <label for="password">Password</label>
              <input id="password" name="password" type="password" autocomplete="current-password" required>
              <button>Sign in</button>
            </form>
            <p class="hint"><b>alice</b> with password <b>alice</b> has the role admin,
              <b>bob</b> with password <b>bob</b> has none.</p>
            """;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        String form = FORM.formatted(
                SignIn.PATH,
                Page.escape(csrf.getParameterName()),
                Page.escape(csrf.getToken()),
                Continuation.PARAMETER,
                Page.escape(Continuation.in(request).path()));
        Page.write(response, "Sign in", request.getParameter("error") == null ? form : ERROR + form);
    }
}
