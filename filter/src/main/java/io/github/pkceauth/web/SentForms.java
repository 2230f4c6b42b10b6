package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.Printable;
import io.github.pkceauth.oidc.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes up forms that are sent while nobody is signed in: with {@code replayPost} those of the
 * application's own pages with their fields, and otherwise that they were sent. Another site's form is
 * never kept: sent again by our own page, it would pass for the application's. Safe for use by several
 * threads.
 */
final class SentForms {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    static final int MAX_BYTES = 64 * 1024;

    private static final String URL_ENCODED = "application/x-www-form-urlencoded";

    private final boolean replay;
    private final Initiator initiator;
    private final ReturnTo returnTo;
    private final FormRoom room;
    private final InstantSource clock;

    SentForms(boolean replay, Initiator initiator, ReturnTo returnTo, FormRoom room, InstantSource clock) {
        this.replay = replay;
        this.initiator = initiator;
        this.returnTo = returnTo;
        this.room = room;
        this.clock = clock;
    }

    /**
     * The form of a request.
     *
     * @throws AuthFailure if it is one to be kept and that cannot be done
     */
    SentForm of(HttpServletRequest request) throws AuthFailure {
        boolean isOwn = initiator.isOwn(request);
        if (replay && !isOwn) {
            LOG.log(Level.INFO, "a form is not kept, to be sent again: it came from " + initiator.described(request));
        }
        if (!replay || !isOwn) {
            return SentForm.lost(returnTo.pageBehind(request), clock.instant());
        }
        String body = body(request);
        SentForm form = SentForm.kept(action(request), body, clock.instant());
        try {
            form.fields();
        } catch (IllegalArgumentException e) {
            throw notKept("its fields cannot be read: " + e.getMessage());
        }
        if (!room.take(body)) {
            throw notKept("this server keeps as many forms as it may");
        }
        return form;
    }

    private String action(HttpServletRequest request) throws AuthFailure {
        String action = returnTo.pageOf(request);
        // What every address becomes that must not be gone to.
        if (action.equals(ReturnTo.FRONT_PAGE) && !request.getRequestURI().equals(request.getContextPath() + "/")) {
            throw notKept("it was sent to an address that nobody can be sent to");
        }
        return action;
    }

    private String body(HttpServletRequest request) throws AuthFailure {
        String type = mediaType(request.getContentType());
        long announced = request.getContentLengthLong();
        boolean isTyped = !type.isEmpty();
        if (isTyped && !type.equals(URL_ENCODED)) {
            throw notKept("only " + URL_ENCODED + " is kept, not " + Printable.of(type));
        }
        byte[] body = announced > MAX_BYTES ? null : read(request);
        if (body == null) {
            throw notKept("it has more than " + MAX_BYTES + " bytes");
        }
        // Who has nothing to send announces that, or no type either.
        if (body.length < (isTyped && announced < 0 ? 1 : announced)) {
            throw notKept("an earlier filter, or the application, has read its body");
        }
        if (!isTyped && body.length > 0) {
            throw notKept("only " + URL_ENCODED + " is kept, not a body of no type");
        }
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    private static byte @Nullable [] read(HttpServletRequest request) throws AuthFailure {
        try {
            byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
            return body.length > MAX_BYTES ? null : body;
        } catch (IOException | IllegalStateException e) {
            throw notKept("its body cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static AuthFailure notKept(String why) {
        return new AuthFailure(Reason.FORM_NOT_KEPT, "a form was sent without a login, and is not kept: " + why);
    }
}
