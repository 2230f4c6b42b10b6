package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.config.Forwarding;
import io.github.pkceauth.oidc.AuthorizationResponse;
import io.github.pkceauth.oidc.Issuers;
import io.github.pkceauth.oidc.KeptAttempt;
import io.github.pkceauth.oidc.RelyingParty;
import io.github.pkceauth.oidc.ResponseMode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompleteLoginTest {

    private static final String ATTEMPT = "io.github.pkceauth.login.attempt.";

    private final RelyingParty relyingParty = mock(RelyingParty.class);
    private final Replies replies = mock(Replies.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final SharedState usedStates = Memory.of(1);

    private final CompleteLogin completeLogin = new CompleteLogin(
            relyingParty,
            mock(Sessions.class),
            new SessionPendingLogins("login", Duration.ofMinutes(10), 16, usedStates, InstantSource.system()),
            mock(LostCallback.class),
            mock(StartLogin.class),
            mock(EndedLogins.class),
            mock(SignOut.class),
            mock(SilentLogin.class),
            mock(Events.class),
            new PublicUrl(Optional.empty(), Forwarding.NONE, false, "/callback"),
            replies,
            ResponseMode.QUERY,
            InstantSource.system());

    /** They cost whoever sends them nothing, and must not fill what everybody's login needs. */
    @Test
    void theProvidersErrorsTakeNoPlaceAmongTheUsedStates() throws Exception {
        when(relyingParty.began(any())).thenReturn(true);
        when(relyingParty.stateOf(any())).thenAnswer(call -> AuthorizationResponse.stateOf(call.getArgument(0)));
        when(relyingParty.answer(any(), any()))
                .thenAnswer(call -> AuthorizationResponse.validate(
                        call.getArgument(0), call.getArgument(1), Issuers.one("https://login.example.com")));
        HttpSession session = mock(HttpSession.class);

        for (String state : new String[] {"a", "b", "c"}) {
            when(session.getAttribute(ATTEMPT + state)).thenReturn(attempt());
            assertNull(completeLogin.handle(error(state, session), response));
            verify(session).removeAttribute(ATTEMPT + state);
        }

        verify(replies, times(3))
                .loginFailed(any(), any(), argThat(failure -> failure.reason() == Reason.ACCESS_DENIED), eq("/page"));
        assertTrue(usedStates.putIfAbsent("d", "used", Duration.ofMinutes(1)));
    }

    private static HttpServletRequest error(String state, HttpSession session) {
        HttpServletRequest request = Requests.get("/callback").request();
        when(request.getParameterMap())
                .thenReturn(Map.of("state", new String[] {state}, "error", new String[] {"access_denied"}));
        when(request.getSession(false)).thenReturn(session);
        return request;
    }

    private static KeptAttempt attempt() {
        return new KeptAttempt(
                1,
                2,
                3,
                4,
                "https://login.example.com",
                false,
                "https://app.example/callback",
                "/page",
                System.currentTimeMillis(),
                600_000,
                null,
                null,
                null);
    }
}
