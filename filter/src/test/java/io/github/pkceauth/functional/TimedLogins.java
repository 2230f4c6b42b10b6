package io.github.pkceauth.functional;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.Assurance;
import io.github.pkceauth.oidc.ClaimPath;
import io.github.pkceauth.oidc.ClaimRules;
import io.github.pkceauth.oidc.Client;
import io.github.pkceauth.oidc.ClientAuthentication;
import io.github.pkceauth.oidc.Http;
import io.github.pkceauth.oidc.Issuers;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.oidc.LoginStart;
import io.github.pkceauth.oidc.ProviderSettings;
import io.github.pkceauth.oidc.RelyingParty;
import io.github.pkceauth.oidc.ResponseMode;
import io.github.pkceauth.oidc.Tls;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The protocol without a container, by a clock that stands still until it is told otherwise. */
final class TimedLogins {

    private final RelyingParty relyingParty;
    private volatile Instant now = Instant.now();

    TimedLogins(ScriptedProvider provider) {
        Optional<URI> fromMetadata = Optional.empty();
        this.relyingParty = new RelyingParty(
                new ProviderSettings(
                        Issuers.one(provider.issuer()),
                        fromMetadata,
                        fromMetadata,
                        fromMetadata,
                        fromMetadata,
                        fromMetadata,
                        fromMetadata,
                        fromMetadata),
                new Client(
                        provider.clientId(),
                        new ClientAuthentication.None(),
                        Optional.empty(),
                        "openid",
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        ResponseMode.QUERY,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Assurance.USUAL),
                new ClaimRules(ClaimPath.parse("sub"), List.of(), ClaimRules.UserinfoUse.NEVER),
                new RelyingParty.Limits(Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofSeconds(60)),
                new Http(Tls.ofJvm(), Duration.ofSeconds(10), false),
                () -> now,
                System::nanoTime);
    }

    Instant now() {
        return now;
    }

    void letPass(Duration time) {
        now = now.plus(time);
    }

    /** A whole login, the browser's part included. */
    Login logIn() throws AuthFailure {
        LoginAttempt attempt = begin();
        try (Browser browser = Browser.open()) {
            String code = browser.navigate(relyingParty.authorizationUri(attempt, List.of()))
                    .redirectTarget()
                    .parameters()
                    .get("code");
            return redeem(attempt, code);
        }
    }

    /** A login with a code that came from anywhere. */
    Login redeem(String code) throws AuthFailure {
        return redeem(begin(), code);
    }

    private LoginAttempt begin() throws AuthFailure {
        return relyingParty.begin(LoginStart.to("/page"), "http://localhost/callback", "127.0.0.1");
    }

    private Login redeem(LoginAttempt attempt, String code) throws AuthFailure {
        Map<String, String[]> answer = Map.of(
                "code", new String[] {code},
                "state", new String[] {attempt.state()},
                "iss", new String[] {attempt.issuer()});
        return relyingParty.complete(relyingParty.answer(answer, attempt).code());
    }
}
