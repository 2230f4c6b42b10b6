package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers a request that needs a login and has none: a page navigation is sent to the provider, a
 * form to the provider and then back to its page, anything else is told so, in the dialect of the script
 * that sent it. Safe for use by several threads.
 */
final class Challenge {

    private final StartLogin startLogin;
    private final ReturnTo returnTo;
    private final SentForms sentForms;
    private final Replies replies;

    Challenge(StartLogin startLogin, ReturnTo returnTo, SentForms sentForms, Replies replies) {
        this.startLogin = startLogin;
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
        Sessions.refuseIdInUrl(request);
        switch (RequestKind.of(request)) {
            case NAVIGATION -> startLogin.start(request, response, returnTo.pageOf(request));
            case FORM -> answerForm(request, response, returnTo.pageBehind(request));
            case PREFETCH, OTHER -> replies.loginRequired(request, response, returnTo.pageAround(request));
        }
    }

    private void answerForm(HttpServletRequest request, HttpServletResponse response, String page) throws IOException {
        SentForm form;
        try {
            form = sentForms.of(request);
        } catch (AuthFailure failure) {
            replies.formNotKept(request, response, failure, page);
            return;
        }
        startLogin.start(request, response, page, form);
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
