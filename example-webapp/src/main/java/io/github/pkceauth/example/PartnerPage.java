package io.github.pkceauth.example;

import io.github.pkceauth.api.PkceUser;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A page for the partner's users: to be signed in at the other provider is not enough. */
final class PartnerPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String CONTENT = """
            <p>Signed in as <strong>%1$s</strong>, by %2$s.</p>
            <p><a href="%3$s%4$s">All ways in</a></p>
            """;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        PkceUser user = PkceUser.of(request, Partner.FILTER)
                .orElseThrow(
                        () -> new ServletException("The filter " + Partner.FILTER + " is not mapped to this page"));
        Html.write(
                request,
                response,
                "For partners",
                CONTENT.formatted(
                        Html.escape(user.getName()),
                        Html.escape(user.issuer()),
                        Html.contextPath(request),
                        ChoosePage.PATH));
    }
}
