package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.pkceauth.oidc.AuthenticationRequirements;
import io.github.pkceauth.oidc.LoginAttempt;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPendingLoginsTest {

    private static final String PREFIX = "io.github.pkceauth.login.attempt.";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, Object> attributes = new TreeMap<>();
    private final HttpServletRequest request = Requests.get("/page").request();
    private final PendingLogins pendingLogins =
            new SessionPendingLogins("login", Duration.ofMinutes(10), 1, Memory.of(1), InstantSource.fixed(NOW));

    /** Clocks tell no more than the millisecond, in which there may be several; their names are in no order of time. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "z"})
    void ofTwoLoginsOfOneMomentTheOneThatWasJustBegunIsNotForgotten(String newest) throws Exception {
        HttpSession session = session();
        when(request.getSession(false)).thenReturn(session);

        pendingLogins.remember(request, mock(HttpServletResponse.class), attempt("m"));
        pendingLogins.remember(request, mock(HttpServletResponse.class), attempt(newest));

        assertEquals(Set.of(PREFIX + newest), attributes.keySet());
    }

    private HttpSession session() {
        HttpSession session = mock(HttpSession.class);
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(session)
                .setAttribute(anyString(), any());
        doAnswer(call -> attributes.remove(call.<String>getArgument(0)))
                .when(session)
                .removeAttribute(anyString());
        when(session.getAttribute(anyString())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        when(session.getAttributeNames()).thenAnswer(call -> Collections.enumeration(attributes.keySet()));
        return session;
    }

    private static LoginAttempt attempt(String state) {
        return new LoginAttempt(
                state,
                "a-nonce",
                "A".repeat(43),
                "https://login.example.com",
                false,
                "https://app.example/callback",
                "/page",
                NOW,
                NOW.plusSeconds(600),
                null,
                AuthenticationRequirements.NONE,
                null);
    }
}
