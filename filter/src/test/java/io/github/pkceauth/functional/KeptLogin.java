package io.github.pkceauth.functional;

import io.github.pkceauth.oidc.DpopKey;
import io.github.pkceauth.oidc.KeptAttempt;
import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.oidc.SealedAttempt;
import io.github.pkceauth.oidc.SealingKeys;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Url;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A pending login as it lies where logins wait, in the session or in the browser, to be looked at and bent. */
final class KeptLogin {
    /** What cookies of pending logins are called. */
    static final String COOKIE = "(?:__Host-)?pkce_[A-Za-z0-9_-]{6}_[A-Za-z0-9_-]{22}";

    private static final int TAG = 6;
    private static final int NAME = 22;
    private static final SealingKeys KEYS =
            new SealingKeys(List.of(Base64.getDecoder().decode(LoginState.COOKIE_KEY)));
    private static final String FILTER = "login";

    private final App app;
    private final ScriptedProvider provider;
    private final Browser browser;
    private final String state;
    private final LoginAttempt attempt;

    /** The one that an answer belongs to. */
    KeptLogin(Scene scene, Url callback) {
        this(scene.app, scene.provider, scene.browser(), Scene.stateOf(callback));
    }

    /** The one of a state that a browser came back with from an application. */
    KeptLogin(App app, ScriptedProvider provider, Browser browser, String state) {
        this.app = app;
        this.provider = provider;
        this.browser = browser;
        this.state = state;
        this.attempt = Objects.requireNonNull(LoginState.isInCookies() ? inCookie() : inSession(), "none is pending");
    }

    private @Nullable LoginAttempt inSession() {
        return app.sessions().of(browser).getAttribute(attribute()) instanceof KeptAttempt kept
                ? kept.attempt(state)
                : null;
    }

    private @Nullable LoginAttempt inCookie() {
        SealedAttempt.Opened opened = SealedAttempt.open(browser.cookies().get(cookie()), place(), cookie(), KEYS);
        return opened == null ? null : opened.attempt(state, place());
    }

    /** What was kept. */
    LoginAttempt attempt() {
        return attempt;
    }

    /** Puts it back as it was. */
    void putBack() {
        put(attempt);
    }

    /** Makes it as old as if so much time had passed. */
    void age(Duration passed) {
        put(with(passed, attempt.dpopKey()));
    }

    /** Makes it one that began before there were keys. */
    void takeKeyAway() {
        put(with(Duration.ZERO, null));
    }

    private LoginAttempt with(Duration passed, @Nullable DpopKey key) {
        return new LoginAttempt(
                attempt.state(),
                attempt.nonce(),
                attempt.codeVerifier(),
                attempt.issuer(),
                attempt.issuerExpected(),
                attempt.redirectUri(),
                attempt.target(),
                attempt.startedAt().minus(passed),
                attempt.expiresAt().minus(passed),
                attempt.form(),
                attempt.required(),
                key);
    }

    private void put(LoginAttempt other) {
        if (LoginState.isInCookies()) {
            String sealed = SealedAttempt.of(other, place(), cookie(), KEYS);
            browser.cookies().put(app.url("/"), cookie() + "=" + sealed + "; Path=/");
        } else {
            app.sessions().of(browser).setAttribute(attribute(), KeptAttempt.of(other));
        }
    }

    private String attribute() {
        return "io.github.pkceauth." + FILTER + ".attempt." + state;
    }

    private String cookie() {
        return "pkce_" + place().tag().substring(0, TAG) + "_" + nameOf(state);
    }

    private SealedAttempt.Place place() {
        return new SealedAttempt.Place(FILTER, provider.issuer(), provider.clientId(), app.url("/callback"));
    }

    /** How the name ends of the cookie of a state. */
    static String nameOf(String state) {
        return SealedAttempt.nameOf(state).substring(0, NAME);
    }
}
