package io.github.pkceauth.oidc;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import io.github.pkceauth.api.AuthFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A provider behind a door to the network that leads nowhere: every call gets the answer that was put there. */
final class Offline {

    static final Duration WAIT = Duration.ofSeconds(30);

    private static final Http REAL = new Http(Tls.ofJvm(), WAIT, false);

    private final Http http;
    private HttpAnswer answer = new HttpAnswer("nothing", 404, "", HttpAnswer.IDENTITY, "", "", "");

    Offline() {
        // Everything but the calls is the real door's; stubOnly, since fuzzing makes millions of calls.
        http = mock(
                Http.class,
                withSettings()
                        .spiedInstance(REAL)
                        .defaultAnswer(CALLS_REAL_METHODS)
                        .stubOnly());
        try {
            doAnswer(call -> answer).when(http).get(any(), any(), any());
            doAnswer(call -> answer).when(http).post(any(), any(), any(), any());
        } catch (AuthFailure e) {
            throw new AssertionError(e);
        }
    }

    Http http() {
        return http;
    }

    void answers(int status, String body) {
        answer = new HttpAnswer(
                "the endpoint https://login.example.com/x",
                status,
                "application/json",
                HttpAnswer.IDENTITY,
                "",
                "",
                body);
    }

    Discovery discovery() {
        return new Discovery(Samples.settings(Samples.ISSUER), Samples.KEYS_NEEDED, http, WAIT, new TestClock());
    }

    /** The keys of a provider whose addresses are all known, so that they are what the one answer is. */
    Keys keys() {
        ProviderSettings settings = new ProviderSettings(
                Issuers.one(Samples.ISSUER),
                Optional.empty(),
                address("/authorize"),
                address("/token"),
                address("/jwks"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        TestClock clock = new TestClock();
        return new Keys(new Discovery(settings, Samples.KEYS_NEEDED, http, WAIT, clock), false, http, WAIT, clock);
    }

    private static Optional<URI> address(String path) {
        return Optional.of(URI.create(Samples.ISSUER + path));
    }
}
