package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.config.Config;
import io.github.pkceauth.config.Paths;
import io.github.pkceauth.config.SessionLife;
import io.github.pkceauth.oidc.Http;
import io.github.pkceauth.oidc.RelyingParty;
import io.github.pkceauth.oidc.SenderConstraint;
import io.github.pkceauth.oidc.Tls;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that answers requests, built once from a configuration. Safe for use by several
 * threads.
 */
public final class Handlers implements AutoCloseable {

    /** How long a request may have a copy of a session that was loaded before a refresh. */
    private static final Duration OLD_COPY = Duration.ofMinutes(1);

    /** For the forms of all who are signing in. */
    private static final long FORM_BYTES = 32L * 1024 * 1024;

    private final RelyingParty relyingParty;
    private final Routes routes;
    private final Identity identity;
    private final Replies replies;

    /**
     * Builds the handlers; nothing is read or sent yet.
     *
     * @param config the configuration
     * @param clock tells the time
     * @param nanoTime counts as {@link System#nanoTime()} does, and is never set back
     */
    public Handlers(Config config, InstantSource clock, LongSupplier nanoTime) {
        Paths paths = config.paths();
        relyingParty = new RelyingParty(
                config.provider(),
                config.client(),
                config.claims(),
                config.limits(),
                new Http(config.tls(), config.limits().http(), config.allowInsecureHttp()),
                clock,
                nanoTime);
        SharedStates states = new SharedStates(config, nanoTime);
        SessionLife life = config.sessionLife();
        // One server's session has ended when its login is marked; only what is under way can ask for it then.
        Duration loginMarkLife = states.areShared()
                ? life.noticeLife()
                : relyingParty.longestRefresh().plus(OLD_COPY);
        Events events = new Events(config.listeners());
        PublicUrl publicUrl =
                new PublicUrl(config.baseUrl(), config.forwarding(), config.allowInsecureHttp(), paths.callback());
        OwnCookies cookies = new OwnCookies(publicUrl);
        PendingLogins pendingLogins = pendingLogins(config, publicUrl, cookies, states.of("used states"), clock);
        Sessions sessions = new Sessions(config.filterName(), pendingLogins, clock);
        EndedLogins endedLogins = new EndedLogins(states.marks("ended logins"), loginMarkLife, life.noticeLife());
        BackButton backButton = new BackButton(cookies);
        replies = new Replies(publicUrl, paths, config.errorPage(), new FailureReport(events));
        Initiator initiator = new Initiator(publicUrl);
        ReturnTo returnTo = new ReturnTo(publicUrl, paths);
        PageRules pageRules = new PageRules(config.access());
        StartLogin startLogin = new StartLogin(relyingParty, pendingLogins, publicUrl, initiator, replies);
        SilentLogin silentLogin = new SilentLogin(
                config.access().silentLogin(),
                startLogin,
                returnTo,
                pageRules,
                new OwnCookie("silent", config.filterName(), publicUrl, cookies),
                clock);
        SignOut signOut = new SignOut(relyingParty, sessions, endedLogins, backButton, silentLogin, events);
        LogoutState logoutState = new LogoutState(
                paths.afterLogout(), publicUrl, new OwnCookie("logout", config.filterName(), publicUrl, cookies));
        // A session store may write an older session back, which is then all there is until the user is back.
        RefreshTurns turns = new RefreshTurns(
                states.of("refreshed logins"),
                states.of("refreshes under way"),
                relyingParty.longestRefresh(),
                states.areShared() ? life.noticeLife() : OLD_COPY);
        RefreshCall refreshCall = new RefreshCall(relyingParty, sessions, endedLogins, signOut, turns, events, clock);
        RefreshFlights flights = new RefreshFlights(
                sessions, turns, refreshCall, relyingParty.longestTokenCall().plusSeconds(1));
        Refresher refresher = new Refresher(new LoginLife(life, clock), flights, signOut);
        Duration patience = config.limits().login();
        SentForms sentForms = new SentForms(
                config.replayPost(), initiator, returnTo, new FormRoom(FORM_BYTES, patience, clock), clock);
        FormDelivery formDelivery =
                new FormDelivery(patience, sessions, states.of("used forms"), returnTo, publicUrl, replies, clock);
        Challenge challenge = new Challenge(startLogin, returnTo, sentForms, pageRules, config.keepFragment(), replies);
        PageGuard pageGuard =
                new PageGuard(pageRules, challenge, config.limits().skew(), clock);
        identity = new Identity(
                sessions,
                relyingParty,
                endedLogins,
                refresher,
                new FilterSide(PkceUser.attributeOf(config.filterName()), signOut, challenge, applicationTls(config)),
                paths.backchannelLogout().isPresent());
        PublicPage publicPage = new PublicPage(identity, challenge, silentLogin, formDelivery, false);
        LostCallback lostCallback = new LostCallback(
                pendingLogins,
                identity,
                startLogin,
                new SameSiteStep(pendingLogins, publicUrl, replies),
                pageRules,
                publicUrl,
                replies);
        Map<String, Handler> own = new HashMap<>();
        own.put(
                paths.callback(),
                new CompleteLogin(
                        relyingParty,
                        sessions,
                        pendingLogins,
                        lostCallback,
                        startLogin,
                        endedLogins,
                        signOut,
                        silentLogin,
                        events,
                        publicUrl,
                        replies,
                        config.client().responseMode(),
                        clock));
        own.put(
                paths.login(),
                new SignIn(
                        relyingParty,
                        identity,
                        startLogin,
                        returnTo,
                        new LoginHints(config.forwardedParameters()),
                        pageRules,
                        pageGuard,
                        publicUrl,
                        replies));
        own.put(
                paths.logout(),
                new Logout(
                        relyingParty,
                        identity,
                        signOut,
                        publicUrl,
                        paths.logout(),
                        initiator,
                        logoutState,
                        new SiteData(config.clearSiteData()),
                        backButton,
                        silentLogin,
                        replies));
        paths.backchannelLogout()
                .ifPresent(path -> own.put(
                        path,
                        new BackChannelLogout(
                                relyingParty, endedLogins, states.of("used logout notices"), replies, clock)));
        paths.frontchannelLogout().ifPresent(path -> own.put(path, new FrontChannelLogout(identity, signOut, replies)));
        own.replaceAll((path, handler) -> new NoPreflight(handler, replies));
        Handler protect = new NoPreflight(new Protect(identity, challenge, pageGuard, formDelivery), replies);
        Handler otherPage = config.access().optional()
                ? new PublicPage(identity, challenge, silentLogin, formDelivery, true)
                : protect;
        Handler afterLogout = pageRules.cover(PagePath.named(paths.afterLogout())) ? protect : publicPage;
        own.put(paths.afterLogout(), new AfterLogout(afterLogout, identity, logoutState, replies));
        routes = new Routes(
                own, new PublicPaths(config.access().publicPaths()), pageRules, publicPage, protect, otherPage);
    }

    /** Who asks for a certificate learns whose it is: APIs do only where tokens are bound to it. */
    private static Tls applicationTls(Config config) {
        return config.tls().ofApplication(config.client().assurance().constraint() == SenderConstraint.MTLS);
    }

    private static PendingLogins pendingLogins(
            Config config, PublicUrl publicUrl, OwnCookies cookies, SharedState usedStates, InstantSource clock) {
        return config.pendingState()
                .cookieKeys()
                .<PendingLogins>map(keys -> new CookiePendingLogins(
                        new PendingCookies(config, publicUrl, cookies, keys),
                        config.maxPendingLogins(),
                        config.limits().skew(),
                        usedStates,
                        clock))
                .orElseGet(() -> new SessionPendingLogins(
                        config.filterName(), config.limits().login(), config.maxPendingLogins(), usedStates, clock));
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
            HttpServletRequest signedIn = identity.again(request, response);
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
