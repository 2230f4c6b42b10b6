package io.github.pkceauth.testkit;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What an honest provider asks of DPoP, RFC 9449. Thread-safe. */
final class Dpop {
    private final SecureRandom random = new SecureRandom();
    final DpopNonces authorizationServer = new DpopNonces(() -> invent("as"));
    final DpopNonces resourceServer = new DpopNonces(() -> invent("rs"));
    volatile boolean required;
    volatile boolean wantsNonces;

    private String invent(String whose) {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return whose + "-nonce-" + HexFormat.of().formatHex(bytes);
    }
}
