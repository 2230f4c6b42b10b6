package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.config.Paths;
import io.github.pkceauth.oidc.AuthenticationRequirements;
import io.github.pkceauth.oidc.LoginStart;
import io.github.pkceauth.oidc.RandomToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every answer of the filter's own, none of which holds anything secret. Safe for use by several threads. */
final class Replies {

    /** Heeded whatever the status of the answer is. */
    private static final String HTMX_REDIRECT = "HX-Redirect";

    private static final int RETRY_SECONDS = 5;

    private final PublicUrl publicUrl;
    private final String loginPath;
    private final ErrorPage errorPage;
    private final FailureReport report;

    Replies(PublicUrl publicUrl, Paths paths, Optional<String> errorPage, FailureReport report) {
        this.publicUrl = publicUrl;
        this.loginPath = paths.login();
        this.errorPage = new ErrorPage(errorPage);
        this.report = report;
    }

    /** Sends the browser on, by GET whatever the request was, and in words that a script understands that sent it. */
    void redirect(HttpServletRequest request, HttpServletResponse response, String address) throws IOException {
        switch (Dialect.of(request)) {
            case PLAIN -> {
                boolean get = request.getMethod().equals("GET");
                Output.empty(response, get ? HttpServletResponse.SC_FOUND : HttpServletResponse.SC_SEE_OTHER);
                response.setHeader("Location", address);
            }
            case FACES -> facesRedirect(response, address);
            case HTMX -> {
                Output.empty(response, HttpServletResponse.SC_OK);
                response.setHeader(HTMX_REDIRECT, address);
            }
        }
    }

    /** Only an answer of status 200 is read as a partial response. */
    private static void facesRedirect(HttpServletResponse response, String address) throws IOException {
        Output.xml(
                response,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<partial-response><redirect url=\"" + Page.escape(address)
                        + "\"/></partial-response>");
    }

    /** Sends the browser to where a login starts. */
    void toLogin(HttpServletRequest request, HttpServletResponse response, LoginStart start) throws IOException {
        StringBuilder address = new StringBuilder(loginAddress(request, start.target(), null));
        for (Map.Entry<String, String> hint : start.hints()) {
            address.append('&').append(parameter(hint.getKey(), hint.getValue()));
        }
        redirect(request, response, address.toString());
    }

    /** Answers a preflight without allowing anything; whoever allows more does it before the filter. */
    void preflight(HttpServletResponse response) {
        Output.empty(response, HttpServletResponse.SC_NO_CONTENT);
    }

    /** The provider's notice was heeded (OpenID Connect Back-Channel Logout 1.0 section 2.8). */
    void done(HttpServletResponse response) {
        Output.empty(response, HttpServletResponse.SC_OK);
    }

    /** The provider's notice was heeded, in a frame. */
    void framed(HttpServletResponse response) {
        Output.framed(response);
    }

    /**
     * Tells that a login is needed and where, without a redirect, a session or a cookie. Scripts that can
     * have the browser go there are asked to, with the target to come back to.
     *
     * @param refused the path that the login is for, if it is to be as that path asks
     */
    void loginRequired(
            HttpServletRequest request, HttpServletResponse response, String target, @Nullable String refused)
            throws IOException {
        askForLogin(request, response, loginAddress(request, target, refused), "Bearer", Reason.LOGIN_REQUIRED);
    }

    /**
     * Tells that a stronger or more recent login is needed, which (RFC 9470 section 3), and where.
     *
     * @param refused the path that asks for it
     */
    void strongerLoginRequired(
            HttpServletRequest request,
            HttpServletResponse response,
            String target,
            String refused,
            AuthenticationRequirements required)
            throws IOException {
        String challenge = "Bearer error=\"insufficient_user_authentication\"";
        if (!required.acrValues().isEmpty()) {
            challenge += ", acr_values=\"" + required.acrValues() + "\"";
        }
        if (required.limitsAge()) {
            challenge += ", max_age=\"" + required.maxAge() + "\"";
        }
        String address = loginAddress(request, target, refused);
        askForLogin(request, response, address, challenge, Reason.INSUFFICIENT_USER_AUTHENTICATION);
    }

    private void askForLogin(
            HttpServletRequest request, HttpServletResponse response, String address, String challenge, Reason reason)
            throws IOException {
        Dialect dialect = Dialect.of(request);
        if (dialect == Dialect.FACES) {
            facesRedirect(response, address);
            return;
        }
        if (dialect == Dialect.HTMX) {
            response.setHeader(HTMX_REDIRECT, address);
        }
        response.setHeader("WWW-Authenticate", challenge);
        Map<String, Object> problem = problem(reason);
        // Who is signed in would come straight back from the bare path.
        problem.put("login", reason == Reason.LOGIN_REQUIRED ? publicUrl.base(request) + loginPath : address);
        tell(response, reason, problem);
    }

    /** Asks whether to sign out, where the wish may not have been the user's own. */
    void askForLogout(HttpServletResponse response, String logoutAddress) throws IOException {
        Output.page(response, HttpServletResponse.SC_OK, Page.logout(logoutAddress));
    }

    /** Asks to send a form again that was not kept, from the page that it was sent from. */
    void askToSendAgain(HttpServletResponse response, String page) throws IOException {
        Output.page(response, HttpServletResponse.SC_OK, Page.askingToSendAgain(page));
    }

    /** Has the browser go on from a page of our own, which a redirect would not be. */
    void goOn(HttpServletResponse response, String address) throws IOException {
        Output.page(response, HttpServletResponse.SC_OK, Page.goingOn(address));
    }

    /** Has the browser send a form from a page of our own. */
    void send(HttpServletResponse response, PageForm form) throws IOException {
        String nonce = RandomToken.next();
        Output.form(response, Page.sending(form, nonce), Page.sendingPolicy(nonce));
    }

    /** Has the browser begin the login of a page with what only the browser knows of the address. */
    void fetchFragment(HttpServletRequest request, HttpServletResponse response, String target) throws IOException {
        String nonce = RandomToken.next();
        PageForm form = new PageForm(
                publicUrl.base(request) + loginPath, "UTF-8", List.of(Map.entry(SignIn.RETURN_TO, target)));
        Output.form(response, Page.fetchingFragment(form, nonce), Page.sendingPolicy(nonce));
    }

    /**
     * A form that cannot be kept for after the login, with a link to the login and back to the form's page.
     *
     * @param refused the path that the form was for, if the login is to be as that path asks
     */
    void formNotKept(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthFailure failure,
            String page,
            @Nullable String refused)
            throws IOException {
        tell(request, response, failure, new Page.Link(loginAddress(request, page, refused), "Sign in"));
    }

    /** A login that failed on its way to a target, with a link to try again. */
    void loginFailed(HttpServletRequest request, HttpServletResponse response, AuthFailure failure, String target)
            throws IOException {
        tell(request, response, failure, new Page.Link(loginAddress(request, target, null), "Try again"));
    }

    /** Anything else that failed, with a link to the front page. */
    void failure(HttpServletRequest request, HttpServletResponse response, AuthFailure failure) throws IOException {
        String front = publicUrl.base(request) + ReturnTo.FRONT_PAGE;
        tell(request, response, failure, new Page.Link(front, "To the start page"));
    }

    /** The provider's notice was refused; the error is told as RFC 6749 section 5.2 has it. */
    void noticeRefused(HttpServletRequest request, HttpServletResponse response, AuthFailure failure)
            throws IOException {
        Reason reason = failure.reason();
        String reference = begin(request, response, failure);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("error", reason.status() < 500 ? "invalid_request" : "temporarily_unavailable");
        error.put("error_description", reason.explanation() + " Reference: " + reference);
        Output.json(response, reason.status(), "application/json", error);
    }

    private String loginAddress(HttpServletRequest request, String target, @Nullable String refused) {
        // What is behind a # may be anything, and an address ends up in logs.
        String page = target.indexOf('#') < 0 ? target : target.substring(0, target.indexOf('#'));
        String address = publicUrl.base(request) + loginPath + "?" + parameter(SignIn.RETURN_TO, page);
        return refused == null ? address : address + "&" + parameter(SignIn.STEP_UP_FOR, refused);
    }

    private static String parameter(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void tell(HttpServletRequest request, HttpServletResponse response, AuthFailure failure, Page.Link link)
            throws IOException {
        Reason reason = failure.reason();
        String reference = begin(request, response, failure);
        if (!RequestKind.acceptsHtml(request)) {
            Map<String, Object> problem = problem(reason);
            problem.put("reference", reference);
            tell(response, reason, problem);
        } else if (!errorPage.show(request, response, failure, reference, link.address())) {
            Output.page(response, reason.status(), Page.failure(failure, reference, link));
        }
    }

    /** Takes note of a failure, and begins its answer. */
    private String begin(HttpServletRequest request, HttpServletResponse response, AuthFailure failure) {
        Reason reason = failure.reason();
        String reference = report.of(request, failure);
        Output.harden(response);
        response.setStatus(reason.status());
        if (reason.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer"); // RFC 9110 section 15.5.2
        }
        if (reason.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE && reason != Reason.PREFETCH_REFUSED) {
            response.setIntHeader("Retry-After", RETRY_SECONDS);
        }
        return reference;
    }

    private static Map<String, Object> problem(Reason reason) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", reason.explanation());
        problem.put("status", reason.status());
        problem.put("code", reason.code());
        return problem;
    }

    /** RFC 9457. */
    private static void tell(HttpServletResponse response, Reason reason, Map<String, Object> problem)
            throws IOException {
        Output.json(response, reason.status(), "application/problem+json", problem);
    }
}
