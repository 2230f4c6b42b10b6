package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.oidc.AuthorizationResponse;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.oidc.RelyingParty;
import io.github.pkceauth.oidc.ResponseMode;
import io.github.pkceauth.oidc.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code callbackPath}: where the provider's answers arrive and logins are completed. */
final class CompleteLogin implements Handler {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final RelyingParty relyingParty;
    private final Sessions sessions;
    private final PendingLogins pendingLogins;
    private final LostCallback lostCallback;
    private final StartLogin startLogin;
    private final EndedLogins endedLogins;
    private final SignOut signOut;
    private final SilentLogin silentLogin;
    private final Events events;
    private final PublicUrl publicUrl;
    private final Replies replies;
    private final ResponseMode responseMode;
    private final InstantSource clock;

    CompleteLogin(
            RelyingParty relyingParty,
            Sessions sessions,
            PendingLogins pendingLogins,
            LostCallback lostCallback,
            StartLogin startLogin,
            EndedLogins endedLogins,
            SignOut signOut,
            SilentLogin silentLogin,
            Events events,
            PublicUrl publicUrl,
            Replies replies,
            ResponseMode responseMode,
            InstantSource clock) {
        this.relyingParty = relyingParty;
        this.sessions = sessions;
        this.pendingLogins = pendingLogins;
        this.lostCallback = lostCallback;
        this.startLogin = startLogin;
        this.endedLogins = endedLogins;
        this.signOut = signOut;
        this.silentLogin = silentLogin;
        this.events = events;
        this.publicUrl = publicUrl;
        this.replies = replies;
        this.responseMode = responseMode;
        this.clock = clock;
    }

    @Override
    public @Nullable HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response)
            throws AuthFailure, IOException {
        if (RequestKind.isPrefetch(request)) {
            throw new AuthFailure(Reason.PREFETCH_REFUSED, "a prefetch must not complete a login");
        }
        Sessions.refuseIdInUrl(request);
        Map<String, String[]> parameters = parameters(request, response);
        String state = relyingParty.stateOf(parameters);
        LoginAttempt attempt = pendingLogins.attempt(request, state);
        if (attempt == null || !relyingParty.began(attempt) || lostCallback.mayComeAgain(request, parameters, state)) {
            lostCallback.answer(request, response, parameters, state);
        } else {
            complete(request, response, parameters, attempt);
        }
        return null;
    }

    private void complete(
            HttpServletRequest request,
            HttpServletResponse response,
            Map<String, String[]> parameters,
            LoginAttempt attempt)
            throws IOException {
        String landing;
        boolean cameWithSession = Sessions.isOpen(request);
        try {
            AuthorizationResponse answer = relyingParty.answer(parameters, attempt);
            if (answer.isError()) {
                pendingLogins.forget(request, response, attempt);
            } else if (attempt.isExpired(clock.instant())) {
                expired(request, response, attempt);
                return;
            } else if (!pendingLogins.take(request, response, attempt)) {
                lostCallback.startAnew(request, response, attempt.state(), false);
                return;
            }
            if (LoginAttempt.isSilent(attempt.state()) && isSignedIn(request)) {
                // Somebody has signed in on purpose in the meantime.
                replies.redirect(request, response, publicUrl.base(request) + attempt.target());
                return;
            }
            Login login = relyingParty.complete(answer.code());
            refuseIfEnded(login);
            @Nullable SentForm form = attempt.form();
            if (form != null) {
                login = login.with(form.waitingFrom(clock.instant()));
            }
            @Nullable Login another = sessions.establish(request, login, cameWithSession);
            if (another != null) {
                signOut.after(another, Cause.ANOTHER_USER);
            }
            silentLogin.allow(request, response);
            events.tell(new LoginEvent.SignedIn(login.user()));
            landing = form == null || another != null ? attempt.target() : form.address();
        } catch (AuthFailure failure) {
            if (LoginAttempt.isSilent(attempt.state())) {
                LOG.log(Level.INFO, "a visitor was not signed in without noticing: {0}", failure.getMessage());
                replies.redirect(request, response, publicUrl.base(request) + attempt.target());
            } else {
                replies.loginFailed(request, response, failure, attempt.target());
            }
            return;
        }
        if (!cameWithSession && pendingLogins.isKeptFromOtherSites(request, response)) {
            replies.goOn(response, publicUrl.base(request) + landing);
        } else {
            replies.redirect(request, response, publicUrl.base(request) + landing);
        }
    }

    private boolean isSignedIn(HttpServletRequest request) {
        Login login = sessions.login(request);
        return login != null && relyingParty.made(login);
    }

    /**
     * A provider that goes on to sign users in with a session that it has told us is over would send them
     * round in circles: every page would end the login, and begin the next.
     */
    private void refuseIfEnded(Login login) throws AuthFailure {
        if (endedLogins.find(login).isPresent()) {
            throw new AuthFailure(
                    Reason.LOGIN_ENDED,
                    "the ID token is no younger than the provider's notice that this login has ended: iat "
                            + login.issuedAt());
        }
    }

    /**
     * Answers come as the deployment asked for them: by query, or by form. Errors may come by query all
     * the same, from a provider that did not get as far as the response mode; codes may not.
     */
    private Map<String, String[]> parameters(HttpServletRequest request, HttpServletResponse response)
            throws AuthFailure {
        String method = request.getMethod();
        if (method.equals(responseMode.isPosted() ? "POST" : "GET")) {
            return OwnParameters.of(request).values();
        }
        if (method.equals("GET")) {
            Map<String, String[]> query = OwnParameters.of(request).values();
            return query.containsKey("code") || query.containsKey("response") ? Map.of() : query;
        }
        response.setHeader("Allow", responseMode.isPosted() ? "GET, POST" : "GET");
        throw new AuthFailure(
                Reason.METHOD_NOT_ALLOWED,
                "the callback takes "
                        + (responseMode.isPosted()
                                ? "form posts"
                                : "answers by query; for form posts set responseMode"));
    }

    private void expired(HttpServletRequest request, HttpServletResponse response, LoginAttempt attempt)
            throws IOException {
        pendingLogins.forget(request, response, attempt);
        if (LoginAttempt.isSilent(attempt.state())) {
            replies.redirect(request, response, publicUrl.base(request) + attempt.target());
        } else if (LoginAttempt.isRestart(attempt.state())) {
            replies.loginFailed(
                    request,
                    response,
                    new AuthFailure(
                            Reason.LOGIN_EXPIRED, "the answer came after loginTimeout, for the second time in a row"),
                    attempt.target());
        } else {
            startLogin.restart(request, response, attempt.start());
        }
    }
}
