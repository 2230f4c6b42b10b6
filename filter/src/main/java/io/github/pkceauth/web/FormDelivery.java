package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Tells users, when they are back from the login, what became of the form that they had sent: it goes on
 * its way, or they are asked to send it again. It waits in their login, for the page that they are sent to.
 * Safe for use by several threads.
 */
final class FormDelivery {

    private final Duration patience;
    private final Sessions sessions;
    private final SharedState usedForms;
    private final ReturnTo returnTo;
    private final PublicUrl publicUrl;
    private final Replies replies;
    private final InstantSource clock;

    FormDelivery(
            Duration patience,
            Sessions sessions,
            SharedState usedForms,
            ReturnTo returnTo,
            PublicUrl publicUrl,
            Replies replies,
            InstantSource clock) {
        this.patience = patience;
        this.sessions = sessions;
        this.usedForms = usedForms;
        this.returnTo = returnTo;
        this.publicUrl = publicUrl;
        this.replies = replies;
        this.clock = clock;
    }

    /**
     * Answers the request of a signed-in user whom a form waits for.
     *
     * @return whether it has been answered
     */
    boolean answer(HttpServletRequest request, HttpServletResponse response, Login login)
            throws AuthFailure, IOException {
        SentForm form = login.form();
        if (form == null) {
            return false;
        }
        if (!clock.instant().isBefore(form.since().plus(patience))) {
            sessions.forgetForm(request);
            return false;
        }
        if (RequestKind.of(request) != RequestKind.NAVIGATION
                || !returnTo.pageOf(request).equals(form.address())
                // A session store may write back what a slow request had read: the mark lasts as long as the form.
                || !usedForms.putIfAbsent(form.id(), "used", patience)) {
            return false;
        }
        sessions.forgetForm(request);
        String address = publicUrl.base(request) + form.address();
        if (form.body() == null) {
            replies.askToSendAgain(response, address);
        } else {
            SentForm.Fields fields = form.fields();
            replies.send(response, new PageForm(address, fields.charset().name(), fields.entries()));
        }
        return true;
    }
}
