package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.api.Tokens;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.Tls;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticatedRequestTest {

    private final HttpServletRequest original = Requests.get("/page").request();
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final PkceUser user = mock(PkceUser.class);
    private final Login login = Logins.of(user);
    private final Tokens tokens = login.tokens();
    private final SignOut signOut = mock(SignOut.class);
    private final Challenge challenge = mock(Challenge.class);
    private final AuthenticatedRequest request = new AuthenticatedRequest(
            original,
            response,
            new CurrentLogin(original, mock(Refresher.class), Tls.ofJvm(), login),
            new FilterSide(PkceUser.attributeOf("login"), signOut, challenge, Tls.ofJvm()));

    @BeforeEach
    void signIn() {
        when(user.getName()).thenReturn("alice");
        when(user.roles()).thenReturn(new LinkedHashSet<>(List.of("admin", "*", "a b")));
        when(original.getRemoteUser()).thenReturn("of the container");
        when(original.getAuthType()).thenReturn("BASIC");
        when(original.isUserInRole("of the container")).thenReturn(true);
    }

    @Test
    void theUserIsTheFiltersAndNotTheContainers() throws Exception {
        assertSame(user, request.getUserPrincipal());
        assertEquals("alice", request.getRemoteUser());
        assertEquals("PKCE", request.getAuthType());
        assertEquals(Optional.of(user), PkceUser.of(request));
        assertEquals(Optional.of(user), PkceUser.of(request, "login"));
        assertEquals(Optional.empty(), PkceUser.of(request, "partner"));
        assertTrue(request.authenticate(response));
    }

    /** Jakarta Servlet 6.0, {@code HttpServletRequest.isUserInRole}. */
    @Test
    void rolesAreThoseOfTheUser() {
        assertTrue(request.isUserInRole("admin"));
        assertTrue(request.isUserInRole("a b"));
        assertTrue(request.isUserInRole("**"));
        assertFalse(request.isUserInRole("*"));
        assertFalse(request.isUserInRole("Admin"));
        assertFalse(request.isUserInRole("of the container"));
        assertFalse(request.isUserInRole(""));
        assertFalse(request.isUserInRole(null));
    }

    @Test
    void tokensAreReachedByTheirNameAndListedNowhere() {
        when(original.getAttributeNames()).thenReturn(Collections.enumeration(List.of("own")));
        when(original.getAttribute("own")).thenReturn("value");

        assertEquals(Optional.of(tokens), Tokens.of(request));
        assertEquals("value", request.getAttribute("own"));
        assertEquals(List.of("own"), Collections.list(request.getAttributeNames()));
    }

    @Test
    void logoutEndsTheLoginOnceAndForgetsTheUser() throws Exception {
        request.logout();
        request.logout();

        verify(signOut, times(1)).byApplication(original, response, login);
        assertNull(request.getUserPrincipal());
        assertNull(request.getRemoteUser());
        assertNull(request.getAuthType());
        assertFalse(request.isUserInRole("admin"));
        assertFalse(request.isUserInRole("**"));
        assertEquals(Optional.empty(), Tokens.of(request));
        assertEquals(Optional.empty(), PkceUser.of(request));
    }

    @Test
    void afterALogoutTheApplicationCanAskForALoginAgain() throws Exception {
        request.logout();

        assertFalse(request.authenticate(response));
        verify(challenge).onDemand(original, response);
    }

    @Test
    void aLoginByPasswordIsRefused() {
        assertEquals(
                "the user is signed in already; and passwords are for the provider alone",
                assertThrows(ServletException.class, () -> request.login("alice", "alice"))
                        .getMessage());
    }

    @Test
    void asynchronousProcessingGoesOnWithTheUser() {
        AsyncContext async = mock(AsyncContext.class);
        when(original.startAsync(request, response)).thenReturn(async);

        assertSame(async, request.startAsync());
    }
}
