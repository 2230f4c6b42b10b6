package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.config.Config;
import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.oidc.SealedAttempt;
import io.github.pkceauth.oidc.SealedAttempt.Opened;
import io.github.pkceauth.oidc.SealedAttempt.Place;
import io.github.pkceauth.oidc.SealingKeys;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies that pending logins are kept in. Their names tell which filter of which application they belong to, since
 * those of a whole host come along together. Safe for use by several threads.
 */
final class PendingCookies {

    /** What the names of all filters' begin with. */
    private static final String OURS = "pkce_";

    private static final int TAG_CHARACTERS = 6;

    /** 132 bits: nobody finds another state of that name. */
    private static final int NAME_CHARACTERS = 22;

    private final String filterName;
    private final String issuer;
    private final String clientId;
    private final PublicUrl publicUrl;
    private final OwnCookies cookies;
    private final SealingKeys keys;

    /** Of the last request: the next one's hardly ever differs. */
    private volatile Home lastHome = new Home(new Place("", "", "", ""), "");

    /**
     * Whose cookies they are.
     *
     * @param prefix what their names begin with
     */
    private record Home(Place place, String prefix) {}

    /**
     * A cookie that is called as ours are.
     *
     * @param opened what is in it, or null where nothing of ours is
     */
    record Kept(String name, int length, @Nullable Opened opened) {}

    PendingCookies(Config config, PublicUrl publicUrl, OwnCookies cookies, SealingKeys keys) {
        this.filterName = config.filterName();
        this.issuer = config.provider().issuer();
        this.clientId = config.client().id();
        this.publicUrl = publicUrl;
        this.cookies = cookies;
        this.keys = keys;
    }

    private Home home(HttpServletRequest request) throws AuthFailure {
        return home(request, publicUrl.redirectUri(request));
    }

    private Home home(HttpServletRequest request, String redirectUri) {
        Home home = lastHome;
        if (!home.place().redirectUri().equals(redirectUri)) {
            Place place = new Place(filterName, issuer, clientId, redirectUri);
            String tag = place.tag().substring(0, TAG_CHARACTERS);
            home = new Home(place, cookies.guarded(request, OURS + tag + "_"));
            lastHome = home;
        }
        return home;
    }

    private static String name(Home home, String state) {
        return home.prefix() + SealedAttempt.nameOf(state).substring(0, NAME_CHARACTERS);
    }

    /** Makes the cookie of a pending login, which is still to be sent. */
    Cookie sealed(HttpServletRequest request, LoginAttempt attempt) {
        Home home = home(request, attempt.redirectUri());
        String name = name(home, attempt.state());
        return new Cookie(name, SealedAttempt.of(attempt, home.place(), name, keys));
    }

    /** The pending login of that state, or null. */
    @Nullable
    LoginAttempt attempt(HttpServletRequest request, String state) throws AuthFailure {
        Home home = home(request);
        String name = name(home, state);
        for (Cookie cookie : cookiesOf(request)) {
            Opened opened = cookie.getName().equals(name) ? opened(cookie, home) : null;
            if (opened != null) {
                return opened.attempt(state, home.place());
            }
        }
        return null;
    }

    /** Whether any came along. */
    boolean cameAlong(HttpServletRequest request) throws AuthFailure {
        String prefix = home(request).prefix();
        for (Cookie cookie : cookiesOf(request)) {
            if (cookie.getName().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** All that came along. */
    List<Kept> all(HttpServletRequest request) throws AuthFailure {
        return all(request, home(request));
    }

    /** All that came along of those whose answers are sent there. */
    List<Kept> all(HttpServletRequest request, String redirectUri) {
        return all(request, home(request, redirectUri));
    }

    /** How much other filters and applications of this host keep in such cookies, which all come along together. */
    int lengthOfOthers(HttpServletRequest request, String redirectUri) {
        String own = home(request, redirectUri).prefix();
        int length = 0;
        for (Cookie cookie : cookiesOf(request)) {
            String name = cookie.getName();
            if (!name.startsWith(own) && name.startsWith(cookies.guarded(request, OURS))) {
                length += name.length() + cookie.getValue().length();
            }
        }
        return length;
    }

    private List<Kept> all(HttpServletRequest request, Home home) {
        List<Kept> kept = new ArrayList<>();
        for (Cookie cookie : cookiesOf(request)) {
            String name = cookie.getName();
            if (name.startsWith(home.prefix())) {
                kept.add(new Kept(name, name.length() + cookie.getValue().length(), opened(cookie, home)));
            }
        }
        return kept;
    }

    private @Nullable Opened opened(Cookie cookie, Home home) {
        return SealedAttempt.open(cookie.getValue(), home.place(), cookie.getName(), keys);
    }

    private static Cookie[] cookiesOf(HttpServletRequest request) {
        Cookie[] all = request.getCookies();
        return all == null ? new Cookie[0] : all;
    }

    void send(HttpServletRequest request, HttpServletResponse response, Cookie cookie, int seconds) {
        cookies.send(request, response, cookie.getName(), cookie.getValue(), seconds);
    }

    void clear(HttpServletRequest request, HttpServletResponse response, LoginAttempt attempt) {
        clear(request, response, name(home(request, attempt.redirectUri()), attempt.state()));
    }

    void clear(HttpServletRequest request, HttpServletResponse response, String name) {
        boolean isCleared = response.getHeaders("Set-Cookie").stream().anyMatch(line -> line.startsWith(name + "="));
        if (!isCleared) {
            cookies.send(request, response, name, "", 0);
        }
    }
}
