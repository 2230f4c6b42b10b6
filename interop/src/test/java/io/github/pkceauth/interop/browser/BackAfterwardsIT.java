package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Chromium keeps pages for "back" as they were, those with no-store too, until a cookie changes. */
class BackAfterwardsIT extends InChromium {
    private static final String SECRET = "What only alice may see";

    /** Ends the session here, and nothing else. */
    @SuppressWarnings("serial")
    private static final class SignOutHere extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.logout();
            response.sendRedirect("/public/bye");
        }
    }

    @Test
    void nothingIsShownWhereTheProviderHasNoSignOut() {
        provider().metadata().without("end_session_endpoint");

        assertNothingShownAfterwards(describe(), "/logout", "/");
    }

    @Test
    void nothingIsShownWhereTheApplicationItselfSignsOut() {
        assertNothingShownAfterwards(describe().servlet("/sign-out", new SignOutHere()), "/sign-out", "/public/bye");
    }

    private void assertNothingShownAfterwards(AppBuilder description, String way, String end) {
        pages().page("/page", SECRET + "<form method=post action=" + way + "><button>Sign out</button></form>");
        App app = start(description);
        signIn(app, "/page");
        provider().withLoginForm();
        browser().press("Sign out");
        browser().awaitAddress(app.url(end));

        browser().navigate().back();

        browser().awaitText(SIGN_IN);
        assertFalse(browser().getPageSource().contains(SECRET), browser()::getPageSource);
    }
}
