package io.github.pkceauth.oidc;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a call of the provider can come to grief over, from the address on. */
public enum Trouble {
    /** The host's name leads to no address. */
    NAME_UNKNOWN,
    /** Nobody takes connections there. */
    REFUSED,
    /** There was no whole answer in time. */
    TIME_LIMIT,
    /** No authority that is trusted stands behind the server's certificate. */
    CERTIFICATE_UNTRUSTED,
    /** The server's certificate is for another host. */
    CERTIFICATE_NAME,
    /** The server's certificate has expired, or is not valid yet. */
    CERTIFICATE_TIME,
    /** There is no TLS connection, for another reason. */
    TLS,
    /** The JVM's proxy wants to know who calls. */
    PROXY,
    /** The connection came to nothing, for another reason. */
    CONNECTION,
    /** There is an answer, with a status that says no. */
    STATUS,
    /** There is an answer, and it cannot be read. */
    CONTENT;

    /** Deeper than any true chain of causes. */
    private static final int MOST_CAUSES = 100;

    /** What lies behind a call without an answer: of several reasons the one that says most. */
    static Trouble behind(@Nullable Throwable failure) {
        List<Throwable> causes = causes(failure);
        if (causes.stream().anyMatch(Trouble::isOfTime)) {
            return CERTIFICATE_TIME;
        }
        if (causes.stream().anyMatch(Trouble::isOfName)) {
            return CERTIFICATE_NAME;
        }
        if (has(causes, CertificateException.class)) {
            return CERTIFICATE_UNTRUSTED;
        }
        if (has(causes, SSLException.class)) {
            return TLS;
        }
        if (has(causes, UnresolvedAddressException.class) || has(causes, UnknownHostException.class)) {
            return NAME_UNKNOWN;
        }
        if (has(causes, HttpTimeoutException.class) || has(causes, TimeoutException.class)) {
            return TIME_LIMIT;
        }
        return has(causes, ConnectException.class) ? REFUSED : CONNECTION;
    }

    static boolean isOfTime(Throwable cause) {
        return cause instanceof CertificateExpiredException
                || cause instanceof CertificateNotYetValidException
                || (cause instanceof CertPathValidatorException path
                        && (path.getReason() == CertPathValidatorException.BasicReason.EXPIRED
                                || path.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID));
    }

    /** The JDK has no class of its own for it. */
    static boolean isOfName(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof CertificateException
                && (message.startsWith("no subject alternative") || message.startsWith("no name matching"));
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    /** A failure, its causes, and what those suppressed: where two trust managers were asked, both reasons. */
    static List<Throwable> causes(@Nullable Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> all = new ArrayList<>();
        if (failure != null) {
            all.add(failure);
        }
        for (int i = 0; i < all.size() && i < MOST_CAUSES; i++) {
            Throwable next = all.get(i);
            if (seen.add(next)) {
                if (next.getCause() != null) {
                    all.add(next.getCause());
                }
                all.addAll(List.of(next.getSuppressed()));
            }
        }
        return all;
    }
}
