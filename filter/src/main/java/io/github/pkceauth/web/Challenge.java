package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.AuthenticationRequirements;
import io.github.pkceauth.oidc.LoginStart;
import io.github.pkceauth.oidc.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request that needs a login and has none: a page navigation is sent to the provider, a
 * form to the provider and then back to its page, anything else is told so, in the dialect of the script
 * that sent it. Safe for use by several threads.
 */
final class Challenge {

    private final StartLogin startLogin;
    private final ReturnTo returnTo;
    private final SentForms sentForms;
    private final PageRules pageRules;
    private final boolean keepFragment;
    private final Replies replies;

    Challenge(
            StartLogin startLogin,
            ReturnTo returnTo,
            SentForms sentForms,
            PageRules pageRules,
            boolean keepFragment,
            Replies replies) {
        this.startLogin = startLogin;
        this.pageRules = pageRules;
        this.keepFragment = keepFragment;
        this.returnTo = returnTo;
        this.sentForms = sentForms;
        this.replies = replies;
    }

    /**
     * Answers the request.
     *
     * @throws AuthFailure if no login can be started
     */
    void answer(HttpServletRequest request, HttpServletResponse response) throws AuthFailure, IOException {
        AuthenticationRequirements required = pageRules.atLogin(PagePath.of(request));
        if (keepFragment && RequestKind.of(request) == RequestKind.NAVIGATION) {
            Sessions.refuseIdInUrl(request);
            replies.fetchFragment(request, response, returnTo.pageOf(request));
        } else if (!starts(request, response, required)) {
            replies.loginRequired(request, response, returnTo.pageAround(request), refused(request));
        }
    }

    /**
     * Answers the request of a user whose login is not what the page asks for.
     *
     * @throws AuthFailure if no login can be started
     */
    void stepUp(HttpServletRequest request, HttpServletResponse response, AuthenticationRequirements required)
            throws AuthFailure, IOException {
        PagePath path = PagePath.of(request);
        // What is asked of everybody goes for the sign-in as well, which may be another user's.
        if (!starts(request, response, required.within(pageRules.atLogin(path)))) {
            String refused = refused(request);
            replies.strongerLoginRequired(
                    request,
                    response,
                    returnTo.pageAround(request),
                    refused == null ? path.first() : refused,
                    required);
        }
    }

    /** Whether the request could start a login, which then has answered it. */
    private boolean starts(
            HttpServletRequest request, HttpServletResponse response, AuthenticationRequirements required)
            throws AuthFailure, IOException {
        Sessions.refuseIdInUrl(request);
        return switch (RequestKind.of(request)) {
            case NAVIGATION -> {
                LoginStart start = LoginStart.to(returnTo.pageOf(request));
                startLogin.start(request, response, start.requiring(required));
                yield true;
            }
            case FORM -> {
                answerForm(request, response, returnTo.pageBehind(request), required);
                yield true;
            }
            case PREFETCH, OTHER -> false;
        };
    }

    private void answerForm(
            HttpServletRequest request, HttpServletResponse response, String page, AuthenticationRequirements required)
            throws IOException {
        SentForm form;
        try {
            form = sentForms.of(request);
        } catch (AuthFailure failure) {
            replies.formNotKept(request, response, failure, page, refused(request));
            return;
        }
        startLogin.start(request, response, LoginStart.to(page).with(form).requiring(required));
    }

    /** The path of the request, where it asks for more than a login: the page to come back to may not. */
    private @Nullable String refused(HttpServletRequest request) {
        return PagePath.of(request).readings().stream()
                .filter(reading -> pageRules.cover(PagePath.named(reading)))
                .findFirst()
                .orElse(null);
    }

    /**
     * Answers the request because the application asks for a login ({@code authenticate()}).
     *
     * @throws IllegalStateException if the application has begun to answer already
     */
    void onDemand(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            throw new IllegalStateException("the response is committed, so no login can start");
        }
        try {
            answer(request, response);
        } catch (AuthFailure failure) {
            replies.failure(request, response, failure);
        }
    }
}
