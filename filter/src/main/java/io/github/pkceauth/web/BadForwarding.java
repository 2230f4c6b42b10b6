package io.github.pkceauth.web;

import io.github.pkceauth.oidc.Printable;
import java.io.Serial;

/** A forwarding header that cannot be read; the message says what is wrong with it. */
final class BadForwarding extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What is wrong, with the text that it is about, which is made fit for a log. */
    BadForwarding(String fault, String text) {
        super(fault + ": '" + Printable.of(text) + "'");
    }
}
