package io.github.pkceauth.example;

import io.github.pkceauth.api.Tokens;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The login as JSON. */
final class MeApi extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Account account = Account.of(
                SignedIn.user(request), Tokens.of(request), request.getSession().getId());
        Json.write(response, account.members());
    }
}
