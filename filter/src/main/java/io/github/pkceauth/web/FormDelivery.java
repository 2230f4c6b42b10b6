package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.oidc.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells users, when they are back from the login, what became of the form that they had sent: it goes on
 * its way, or they are asked to send it again. It waits in the session that they have signed in to, for
 * the page that they are sent to. Safe for use by several threads.
 */
final class FormDelivery {

    private final String attribute;
    private final Duration patience;
    private final SharedState usedForms;
    private final ReturnTo returnTo;
    private final PublicUrl publicUrl;
    private final Replies replies;
    private final InstantSource clock;

    FormDelivery(
            String filterName,
            Duration patience,
            SharedState usedForms,
            ReturnTo returnTo,
            PublicUrl publicUrl,
            Replies replies,
            InstantSource clock) {
        this.attribute = Sessions.PREFIX + filterName + Sessions.FORM;
        this.patience = patience;
        this.usedForms = usedForms;
        this.returnTo = returnTo;
        this.publicUrl = publicUrl;
        this.replies = replies;
        this.clock = clock;
    }

    /** Where the user of a completed login goes; if a form waited for the login, it now waits there. */
    String landing(HttpServletRequest request, LoginAttempt attempt) {
        SentForm form = attempt.form();
        HttpSession session = Sessions.existing(request);
        if (form == null || session == null) {
            return attempt.target();
        }
        try {
            session.setAttribute(attribute, form.waitingFrom(clock.instant()));
            return form.address();
        } catch (IllegalStateException e) {
            return attempt.target(); // another request has ended this session in the meantime
        }
    }

    /**
     * Answers the request of a signed-in user whom a form waits for.
     *
     * @return whether it has been answered
     */
    boolean answer(HttpServletRequest request, HttpServletResponse response) throws AuthFailure, IOException {
        SentForm form = waiting(request);
        if (form == null) {
            return false;
        }
        if (!clock.instant().isBefore(form.since().plus(patience))) {
            forget(request);
            return false;
        }
        if (RequestKind.of(request) != RequestKind.NAVIGATION
                || !returnTo.pageOf(request).equals(form.address())
                // A session store may write back what a slow request had read: the mark lasts as long as the form.
                || !usedForms.putIfAbsent(form.id(), "used", patience)) {
            return false;
        }
        forget(request);
        String address = publicUrl.base(request) + form.address();
        if (form.body() == null) {
            replies.askToSendAgain(response, address);
        } else {
            SentForm.Fields fields = form.fields();
            replies.send(response, new PageForm(address, fields.charset().name(), fields.entries()));
        }
        return true;
    }

    private @Nullable SentForm waiting(HttpServletRequest request) {
        HttpSession session = Sessions.existing(request);
        try {
            return session != null && session.getAttribute(attribute) instanceof SentForm form ? form : null;
        } catch (IllegalStateException e) {
            return null; // another request has ended this session in the meantime
        }
    }

    private void forget(HttpServletRequest request) {
        HttpSession session = Sessions.existing(request);
        if (session != null) {
            PendingLogins.removeQuietly(session, attribute);
        }
    }
}
