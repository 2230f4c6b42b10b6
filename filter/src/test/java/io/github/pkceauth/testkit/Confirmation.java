package io.github.pkceauth.testkit;

import java.util.Map;

/**
 * To whose key tokens are bound, as the {@code cnf} claim of RFC 7800 has it.
 *
 * @param member {@code jkt} for a DPoP key; empty where tokens are their bearer's
 * @param value the thumbprint
 */
record Confirmation(String member, String value) {
    /** Whoever bears the token may use it. */
    static final Confirmation NONE = new Confirmation("", "");

    private static final String DPOP = "jkt";

    /** By the key of DPoP proofs, RFC 9449 section 6. */
    static Confirmation dpop(String thumbprint) {
        return new Confirmation(DPOP, thumbprint);
    }

    boolean isNone() {
        return equals(NONE);
    }

    boolean isDpop() {
        return member.equals(DPOP);
    }

    /** The token type of what is bound so. */
    String tokenType() {
        return isDpop() ? "DPoP" : "Bearer";
    }

    Map<String, String> claim() {
        return Map.of(member, value);
    }
}
