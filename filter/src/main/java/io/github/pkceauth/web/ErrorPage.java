package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.FailureAttributes;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** The application's own page for failures, where it has one. Safe for use by several threads. */
final class ErrorPage {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final Optional<String> path;

    ErrorPage(Optional<String> path) {
        this.path = path;
    }

    /**
     * Shows a failure by the application's page.
     *
     * @return whether it did; if not, nothing has been answered
     */
    boolean show(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthFailure failure,
            String reference,
            String retry)
            throws IOException {
        RequestDispatcher page = path.map(request::getRequestDispatcher).orElse(null);
        if (page == null) {
            return false;
        }
        request.setAttribute(FailureAttributes.CODE, failure.reason().code());
        request.setAttribute(FailureAttributes.STATUS, failure.reason().status());
        request.setAttribute(FailureAttributes.EXPLANATION, failure.reason().explanation());
        request.setAttribute(FailureAttributes.PROVIDER_MESSAGE, failure.providerMessage());
        request.setAttribute(FailureAttributes.REFERENCE, reference);
        request.setAttribute(FailureAttributes.RETRY, retry);
        try {
            page.forward(request, new NotFoundThrown(response));
            return true;
        } catch (ServletException | RuntimeException e) {
            LOG.log(Level.WARNING, "the errorPage failed; the built-in page stands in", e);
            if (response.isCommitted()) {
                return true;
            }
            response.resetBuffer();
            response.setStatus(failure.reason().status());
            return false;
        }
    }

    /**
     * Ends a forward that comes to nothing before the container answers in its own way. No failure has
     * the status 404, so it is the container's word for a page that is not there; and only a try can tell,
     * since a path may lead to a servlet, a file or a JSP.
     */
    private static final class NotFoundThrown extends HttpServletResponseWrapper {

        NotFoundThrown(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int status) throws IOException {
            failIfNotFound(status);
            super.sendError(status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            failIfNotFound(status);
            super.sendError(status, message);
        }

        private static void failIfNotFound(int status) {
            if (status == SC_NOT_FOUND) {
                throw new IllegalStateException("there is no such page");
            }
        }
    }
}
