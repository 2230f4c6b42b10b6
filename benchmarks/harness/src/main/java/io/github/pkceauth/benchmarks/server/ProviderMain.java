package io.github.pkceauth.benchmarks.server;

import io.github.pkceauth.benchmarks.provider.ProviderStub;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;

/** The provider, in a process of its own. */
public final class ProviderMain {

    /** What nobody needs to wait for who comes first: this JVM finding its classes. */
    private static final int OWN_CALLS = 20;

    private ProviderMain() {}

    /** Answers {@code behave <delay> <percent>}, {@code calls} and {@code notice <client> <user>}. */
    public static void main(String[] arguments) throws IOException {
        ProviderStub provider = ProviderStub.start();
        warmUp(provider);
        new Commands().serve(provider.issuer(), command -> switch (command[0]) {
            case "behave" -> {
                provider.behave(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
                yield "done";
            }
            case "calls" -> {
                ProviderStub.Calls calls = provider.calls();
                yield calls.metadata() - OWN_CALLS + " " + calls.keys() + " " + calls.tokens() + " "
                        + calls.mostWaiting();
            }
            case "notice" -> provider.mint().logoutToken(command[1], command[2]);
            default -> throw new IllegalArgumentException(command[0]);
        });
    }

    private static void warmUp(ProviderStub provider) throws IOException {
        URL metadata = URI.create(provider.issuer() + "/.well-known/openid-configuration")
                .toURL();
        for (int i = 0; i < OWN_CALLS; i++) {
            try (InputStream answer = metadata.openStream()) {
                answer.readAllBytes();
            }
        }
    }
}
