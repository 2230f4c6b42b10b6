package io.github.pkceauth.oidc;

import java.security.GeneralSecurityException;
import java.text.ParseException;
import javax.net.ssl.SSLContext;

/**
 * Has the JVM load what takes the longest of all at the start, TLS with the certificates that the JVM trusts, and JSON,
 * while the filter reads its configuration. Nothing comes of it but time: whoever needs them meets their failures.
 */
public final class ReadAhead {

    private ReadAhead() {}

    /** Begins, on a thread of its own, which ends soon. */
    public static void begin() {
        Thread thread = new Thread(null, ReadAhead::load, "pkce-auth-start", 0, false);
        thread.setContextClassLoader(ReadAhead.class.getClassLoader());
        thread.setDaemon(true);
        thread.start();
    }

    private static void load() {
        try {
            // Not the JVM's default one: when that is made is for others to say, who may still set properties of it.
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            context.getDefaultSSLParameters();
            Json.object("{\"list\":[1,true,{}]}");
        } catch (GeneralSecurityException | ParseException | RuntimeException | LinkageError e) {
            System.getLogger("io.github.pkceauth").log(System.Logger.Level.DEBUG, "nothing was read ahead", e);
        }
    }
}
