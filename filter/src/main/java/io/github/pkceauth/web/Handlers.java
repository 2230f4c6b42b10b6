package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.config.Config;
import io.github.pkceauth.config.Paths;
import io.github.pkceauth.oidc.Http;
import io.github.pkceauth.oidc.RelyingParty;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that answers requests, built once from a configuration. Safe for use by several
 * threads.
 */
public final class Handlers implements AutoCloseable {

    /** Three thousand logins a second, each of them a call to the provider, would fill it. */
    private static final int MAX_USED_STATES = 200_000;

    private final RelyingParty relyingParty;
    private final Routes routes;
    private final Identity identity;
    private final Replies replies;

    /**
     * Builds the handlers; nothing is read or sent yet.
     *
     * @param config the configuration
     * @param clock tells the time
     */
    public Handlers(Config config, InstantSource clock) {
        Paths paths = config.paths();
        relyingParty = new RelyingParty(
                config.provider(),
                config.client(),
                config.claims(),
                config.limits(),
                new Http(config.trust(), config.limits().http(), config.allowInsecureHttp()),
                clock);
        Sessions sessions = new Sessions(
                config.filterName(),
                config.limits().login(),
                config.maxPendingLogins(),
                new UsedStates(MAX_USED_STATES, System::nanoTime),
                clock);
        PublicUrl publicUrl = new PublicUrl(config.baseUrl(), config.allowInsecureHttp(), paths.callback());
        Initiator initiator = new Initiator(publicUrl);
        ReturnTo returnTo = new ReturnTo(publicUrl, paths);
        LogoutState logoutState = new LogoutState(config.filterName(), paths.afterLogout(), publicUrl);
        replies = new Replies(publicUrl, paths, config.errorPage());
        StartLogin startLogin = new StartLogin(relyingParty, sessions, publicUrl, initiator, replies);
        Challenge challenge = new Challenge(startLogin, sessions, returnTo, replies);
        identity = new Identity(sessions, relyingParty, challenge);
        PublicPage publicPage = new PublicPage(identity, challenge);
        Handler completeLogin = new CompleteLogin(
                relyingParty,
                sessions,
                identity,
                startLogin,
                publicUrl,
                replies,
                config.client().formPost(),
                clock);
        Handler signIn = new SignIn(identity, sessions, startLogin, returnTo, publicUrl, replies);
        Handler logout = new Logout(
                relyingParty, identity, sessions, publicUrl, paths.logout(), initiator, logoutState, replies);
        routes = new Routes(
                Map.of(
                        paths.callback(), new NoPreflight(completeLogin, replies),
                        paths.login(), new NoPreflight(signIn, replies),
                        paths.logout(), new NoPreflight(logout, replies),
                        paths.afterLogout(), new AfterLogout(publicPage, identity, logoutState, replies)),
                new PublicPaths(config.publicPaths()),
                publicPage,
                new NoPreflight(new Protect(identity, challenge), replies));
    }

    /**
     * Answers a request, or lets it pass.
     *
     * @param request the request
     * @param response its response
     * @return the request to pass on to the application, or null if it has been answered
     * @throws IOException if the answer cannot be written
     */
    public @Nullable HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            // The request passed, or was answered, when it came in: here it only keeps its user.
            HttpServletRequest signedIn = identity.of(request, response);
            return signedIn == null ? request : signedIn;
        }
        try {
            return routes.of(request).handle(request, response);
        } catch (AuthFailure failure) {
            replies.failure(request, response, failure);
        } catch (RuntimeException e) {
            replies.failure(
                    request,
                    response,
                    new AuthFailure(Reason.INTERNAL_ERROR, "the filter failed; please report this", e));
        }
        return null;
    }

    /** Gives up what calls to the provider need. */
    @Override
    public void close() {
        relyingParty.close();
    }
}
