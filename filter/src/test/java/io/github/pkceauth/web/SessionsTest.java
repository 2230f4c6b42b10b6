package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.InstantSource;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.InOrder;

class SessionsTest {

    private static final String LOGIN = "io.github.pkceauth.login.login";

    private final Sessions sessions = new Sessions("login", mock(PendingLogins.class), InstantSource.system());

    /** Tomcat gives a new session the id that came with the request, if another application has it. */
    @Test
    void anotherUsersSessionNeverKeepsTheIdOfTheLast() throws Exception {
        Login bob = loginOf("bob");
        Login alice = loginOf("alice");
        HttpSession bobs = mock(HttpSession.class);
        HttpSession fresh = mock(HttpSession.class);
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getSession(false)).thenReturn(bobs);
        when(request.getSession(true)).thenReturn(fresh);
        when(request.getRequestedSessionId()).thenReturn("the last");
        when(bobs.getAttribute(LOGIN)).thenReturn(bob);
        when(fresh.getAttributeNames()).thenReturn(Collections.emptyEnumeration());

        sessions.establish(request, alice, true);

        InOrder order = inOrder(bobs, request, fresh);
        order.verify(bobs).invalidate();
        order.verify(request).getSession(true);
        order.verify(request).changeSessionId();
        order.verify(fresh).setAttribute(LOGIN, alice);
    }

    /** As where pending logins are in cookies, and the browser has an id from wherever. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "planted")
    void aSessionThatTheLoginMakesNeverHasAnIdThatCame(@Nullable String came) throws Exception {
        Login alice = loginOf("alice");
        HttpSession fresh = mock(HttpSession.class);
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getSession(true)).thenReturn(fresh);
        when(request.getRequestedSessionId()).thenReturn(came);

        assertNull(sessions.establish(request, alice, false));

        InOrder order = inOrder(request, fresh);
        order.verify(request).getSession(true);
        order.verify(request, times(came == null ? 0 : 1)).changeSessionId();
        order.verify(fresh).setAttribute(LOGIN, alice);
    }

    @Test
    void aSessionThatHasEndedSinceTheAnswerCameStaysEnded() {
        HttpServletRequest request = mock(HttpServletRequest.class);

        assertEquals(
                Reason.LOGIN_NOT_FOUND,
                assertThrows(AuthFailure.class, () -> sessions.establish(request, loginOf("alice"), true))
                        .reason());
        verify(request, never()).getSession(true);
    }

    /** Undertow throws up to once a request, where a cookie came that it would not write. */
    @Test
    void aCookieThatTheContainerCannotTakeBackDoesNotKeepAnybodyFromASession() throws Exception {
        HttpSession fresh = mock(HttpSession.class);
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getSession(true))
                .thenThrow(new IllegalArgumentException("an invalid character in the cookie value"))
                .thenReturn(fresh);

        assertSame(fresh, Sessions.create(request));
    }

    /** As when the user comes for the form while the tokens are refreshed. */
    @Test
    void aRefreshNeitherBringsADeliveredFormBackNorTakesOneAway() {
        HttpSession session = mock(HttpSession.class);
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getSession(false)).thenReturn(session);
        Login login = loginOf("alice");
        Login withForm = login.with(SentForm.lost("/edit", Logins.START));

        when(session.getAttribute(LOGIN)).thenReturn(login);
        assertTrue(sessions.replace(request, withForm));
        verify(session).setAttribute(LOGIN, login);

        when(session.getAttribute(LOGIN)).thenReturn(withForm);
        assertTrue(sessions.replace(request, login));
        verify(session).setAttribute(LOGIN, withForm);

        sessions.forgetForm(request);
        verify(session, times(2)).setAttribute(LOGIN, login);
    }

    private static Login loginOf(String subject) {
        PkceUser user = mock(PkceUser.class);
        when(user.issuer()).thenReturn("https://login.example.com");
        when(user.subject()).thenReturn(subject);
        return Logins.of(user);
    }
}
