package io.github.pkceauth.benchmarks.server;

import io.github.pkceauth.benchmarks.provider.ProviderStub;
import java.io.IOException;

/** The provider, in a process of its own. */
public final class ProviderMain {

    private ProviderMain() {}

    /** Answers {@code behave <delay> <percent>}, {@code calls} and {@code notice <client> <user>}. */
    public static void main(String[] arguments) throws IOException {
        ProviderStub provider = ProviderStub.start();
        new Commands().serve(provider.issuer(), command -> switch (command[0]) {
            case "behave" -> {
                provider.behave(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
                yield "done";
            }
            case "calls" -> {
                ProviderStub.Calls calls = provider.calls();
                yield calls.metadata() + " " + calls.keys() + " " + calls.tokens() + " " + calls.mostWaiting();
            }
            case "notice" -> provider.mint().logoutToken(command[1], command[2]);
            default -> throw new IllegalArgumentException(command[0]);
        });
    }
}
