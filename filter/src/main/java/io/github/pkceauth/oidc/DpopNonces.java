package io.github.pkceauth.oidc;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nonces that servers want to find in the next proofs (RFC 9449 sections 8 and 9): the last that came from an address,
 * or else from any address of the same server. They are no secrets, and for all logins; a proof with the wrong one is refused
 * with the right one beside it. Safe for use by several threads.
 */
final class DpopNonces {

    /** More addresses than a provider and a few APIs have; those not used for longest are forgotten. */
    private static final int MOST = 256;

    /** Printable, and no longer than a header should be (RFC 9449 section 8.1 has no space, quote and backslash in it). */
    private static final String FORM = "[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,1024}";

    private static final Map<String, String> LATEST = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    });

    private DpopNonces() {}

    /** What belongs into a proof for this address, or null where nothing is known of that. */
    static @Nullable String of(URI address) {
        @Nullable String own = LATEST.get(place(address));
        return own == null ? LATEST.get(origin(address)) : own;
    }

    /**
     * Takes note of what an answer says.
     *
     * @param nonce the {@code DPoP-Nonce} of the answer, or empty
     * @return whether there is a nonce in it
     */
    static boolean note(URI address, String nonce) {
        if (!nonce.matches(FORM)) {
            return false;
        }
        LATEST.put(place(address), nonce);
        LATEST.put(origin(address), nonce);
        return true;
    }

    private static String place(URI address) {
        return origin(address) + address.getRawPath();
    }

    private static String origin(URI address) {
        return (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT);
    }
}
