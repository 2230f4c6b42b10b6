package io.github.pkceauth.example;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.Tokens;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Refreshes the tokens now. No application has to: {@link Tokens#fresh} does it in time. For scripts, the login as it is
 * then, as JSON; for the button on {@code /me}, that page again.
 */
final class RefreshApi extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Tokens tokens;
        try {
            tokens = Tokens.refreshed(request);
        } catch (AuthFailure e) {
            Json.refuse(response, e.reason());
            return;
        }
        // The user after the refresh: the provider may have told something new about them.
        Account account = Account.of(
                SignedIn.user(request),
                Optional.of(tokens),
                request.getSession().getId());
        Json.write(response, account.members());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Tokens.refreshed(request);
        } catch (AuthFailure e) {
            response.setStatus(e.reason().status());
            Html.write(
                    request,
                    response,
                    "Not refreshed",
                    "<p>" + Html.escape(e.reason().explanation()) + "</p>\n<p><a class=\"button\" href=\""
                            + Html.contextPath(request) + "/me\">Go on</a></p>");
            return;
        }
        response.sendRedirect(request.getContextPath() + "/me");
    }
}
