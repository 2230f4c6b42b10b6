package io.github.pkceauth.web;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.config.Paths;
import io.github.pkceauth.oidc.Printable;
import io.github.pkceauth.oidc.RandomToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every answer of the filter's own: none is cached, framed or read as something else, none tells
 * others where the user is, and none holds anything secret. Safe for use by several threads.
 */
final class Replies {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    /** What strangers can bring about as often as they like must not drown the warnings. */
    private static final Set<Reason> AT_ANYBODYS_WILL = Set.of(Reason.PREFETCH_REFUSED, Reason.PROVIDER_ERROR);

    private static final String HTML = "text/html;charset=UTF-8";

    /** Heeded whatever the status of the answer is. */
    private static final String HTMX_REDIRECT = "HX-Redirect";

    private static final int RETRY_SECONDS = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PublicUrl publicUrl;
    private final String loginPath;
    private final ErrorPage errorPage;
    private final Events events;

    Replies(PublicUrl publicUrl, Paths paths, Optional<String> errorPage, Events events) {
        this.events = events;
        this.publicUrl = publicUrl;
        this.loginPath = paths.login();
        this.errorPage = new ErrorPage(errorPage);
    }

    /** Sends the browser on, by GET whatever the request was, and in words that a script understands that sent it. */
    void redirect(HttpServletRequest request, HttpServletResponse response, String address) throws IOException {
        switch (Dialect.of(request)) {
            case PLAIN -> {
                boolean get = request.getMethod().equals("GET");
                response.setStatus(get ? HttpServletResponse.SC_FOUND : HttpServletResponse.SC_SEE_OTHER);
                response.setHeader("Location", address);
                empty(response);
            }
            case FACES -> facesRedirect(response, address);
            case HTMX -> {
                response.setStatus(HttpServletResponse.SC_OK);
                response.setHeader(HTMX_REDIRECT, address);
                empty(response);
            }
        }
    }

    private static void empty(HttpServletResponse response) {
        harden(response);
        restrict(response);
        response.setContentLength(0);
    }

    /** Only an answer of status 200 is read as a partial response. */
    private static void facesRedirect(HttpServletResponse response, String address) throws IOException {
        harden(response);
        response.setStatus(HttpServletResponse.SC_OK);
        write(
                response,
                "text/xml;charset=UTF-8",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<partial-response><redirect url=\"" + Page.escape(address)
                        + "\"/></partial-response>");
    }

    /** Answers a preflight without allowing anything; whoever allows more does it before the filter. */
    void preflight(HttpServletResponse response) {
        harden(response);
        restrict(response);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /**
     * Tells that a login is needed and where, without a redirect, a session or a cookie. Scripts that can
     * have the browser go there are asked to, with the target to come back to.
     */
    void loginRequired(HttpServletRequest request, HttpServletResponse response, String target) throws IOException {
        Dialect dialect = Dialect.of(request);
        if (dialect == Dialect.FACES) {
            facesRedirect(response, loginAddress(request, target));
            return;
        }
        if (dialect == Dialect.HTMX) {
            response.setHeader(HTMX_REDIRECT, loginAddress(request, target));
        }
        harden(response);
        response.setHeader("WWW-Authenticate", "Bearer");
        Map<String, Object> problem = problem(Reason.LOGIN_REQUIRED);
        problem.put("login", publicUrl.base(request) + loginPath);
        writeProblem(response, Reason.LOGIN_REQUIRED, problem);
    }

    /** Asks whether to sign out, where the wish may not have been the user's own. */
    void askForLogout(HttpServletResponse response, String logoutAddress) throws IOException {
        harden(response);
        response.setStatus(HttpServletResponse.SC_OK);
        write(response, HTML, Page.logout(logoutAddress));
    }

    /** Has the browser go on from a page of our own, which a redirect would not be. */
    void goOn(HttpServletResponse response, String address) throws IOException {
        harden(response);
        response.setStatus(HttpServletResponse.SC_OK);
        write(response, HTML, Page.goingOn(address));
    }

    /** Has the browser send a form from a page of our own. */
    void send(HttpServletResponse response, PageForm form) throws IOException {
        String nonce = RandomToken.next();
        harden(response);
        // With no-referrer the form's Origin would be null, which is no one's own.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setStatus(HttpServletResponse.SC_OK);
        write(response, HTML, Page.sending(form, nonce), Page.sendingPolicy(nonce));
    }

    /** Sends the browser to where a login starts. */
    void toLogin(HttpServletRequest request, HttpServletResponse response, String target) throws IOException {
        redirect(request, response, loginAddress(request, target));
    }

    /** A login that failed on its way to a target, with a link to try again. */
    void loginFailed(HttpServletRequest request, HttpServletResponse response, AuthFailure failure, String target)
            throws IOException {
        tell(request, response, failure, new Page.Link(loginAddress(request, target), "Try again"));
    }

    private String loginAddress(HttpServletRequest request, String target) {
        return publicUrl.base(request)
                + loginPath
                + "?"
                + SignIn.RETURN_TO
                + "="
                + URLEncoder.encode(target, StandardCharsets.UTF_8);
    }

    /** Anything else that failed, with a link to the front page. */
    void failure(HttpServletRequest request, HttpServletResponse response, AuthFailure failure) throws IOException {
        String front = publicUrl.base(request) + ReturnTo.FRONT_PAGE;
        tell(request, response, failure, new Page.Link(front, "To the start page"));
    }

    private void tell(HttpServletRequest request, HttpServletResponse response, AuthFailure failure, Page.Link link)
            throws IOException {
        Reason reason = failure.reason();
        String reference = refer(request, response, failure);
        if (!RequestKind.acceptsHtml(request)) {
            Map<String, Object> problem = problem(reason);
            problem.put("reference", reference);
            writeProblem(response, reason, problem);
        } else if (!errorPage.show(request, response, failure, reference, link.address())) {
            write(response, HTML, Page.failure(failure, reference, link));
        }
    }

    /** Takes note of a failure, and begins its answer. */
    private String refer(HttpServletRequest request, HttpServletResponse response, AuthFailure failure) {
        Reason reason = failure.reason();
        String reference = Long.toString(RANDOM.nextLong() >>> 1, Character.MAX_RADIX);
        log(request, failure, reference);
        events.tell(new LoginEvent.Failed(failure, reference));
        harden(response);
        response.setStatus(reason.status());
        if (reason.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer"); // RFC 9110 section 15.5.2
        }
        if (reason.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE && reason != Reason.PREFETCH_REFUSED) {
            response.setIntHeader("Retry-After", RETRY_SECONDS);
        }
        return reference;
    }

    /** The provider's notice was heeded (OpenID Connect Back-Channel Logout 1.0 section 2.8). */
    void done(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
        empty(response);
    }

    /** The provider's notice was refused; the error is told as RFC 6749 section 5.2 has it. */
    void noticeRefused(HttpServletRequest request, HttpServletResponse response, AuthFailure failure)
            throws IOException {
        String reference = refer(request, response, failure);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("error", failure.reason().status() < 500 ? "invalid_request" : "temporarily_unavailable");
        error.put("error_description", failure.reason().explanation() + " Reference: " + reference);
        write(response, "application/json", JSONObjectUtils.toJSONString(error));
    }

    /** An empty page that may be shown in a frame, as no other answer of the filter may. */
    void framed(HttpServletResponse response) {
        harden(response);
        response.setHeader("Content-Security-Policy", "default-src 'none'");
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(HTML);
        response.setContentLength(0);
    }

    /** One line for whoever has to find out, under the reference that the user sees. */
    private static void log(HttpServletRequest request, AuthFailure failure, String reference) {
        Reason reason = failure.reason();
        String line = reason.code()
                + " ["
                + reference
                + "] "
                + failure.getMessage()
                + " ("
                + Printable.of(request.getMethod())
                + " "
                + Printable.of(DecodedPath.of(request))
                + ")";
        Level level = reason.status() < 500 || AT_ANYBODYS_WILL.contains(reason) ? Level.INFO : Level.WARNING;
        if (reason == Reason.INTERNAL_ERROR) {
            LOG.log(Level.ERROR, line, failure.getCause());
        } else {
            LOG.log(level, line);
            LOG.log(Level.DEBUG, reference, failure);
        }
    }

    private static Map<String, Object> problem(Reason reason) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", reason.explanation());
        problem.put("status", reason.status());
        problem.put("code", reason.code());
        return problem;
    }

    /** RFC 9457. */
    private static void writeProblem(HttpServletResponse response, Reason reason, Map<String, Object> problem)
            throws IOException {
        response.setStatus(reason.status());
        write(response, "application/problem+json", JSONObjectUtils.toJSONString(problem));
    }

    private static void harden(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    /** Not for the application's own error page, whose styles and scripts this would forbid. */
    private static void restrict(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", Page.CONTENT_SECURITY_POLICY);
    }

    private static void write(HttpServletResponse response, String contentType, String body) throws IOException {
        write(response, contentType, body, Page.CONTENT_SECURITY_POLICY);
    }

    private static void write(HttpServletResponse response, String contentType, String body, String policy)
            throws IOException {
        response.setHeader("Content-Security-Policy", policy);
        response.setContentType(contentType);
        try {
            OutputStream out = response.getOutputStream();
            out.write(body.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IllegalStateException e) {
            // The application has taken the writer, and then asked for a login.
            response.resetBuffer();
            response.getWriter().write(body);
            response.flushBuffer();
        }
    }
}
