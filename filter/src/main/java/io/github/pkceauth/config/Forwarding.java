package io.github.pkceauth.config;

/**
 * What is believed of the headers by which proxies tell the address that the browser sees.
 *
 * @param headers which headers count
 * @param proxies whose
 */
public record Forwarding(Headers headers, TrustedProxies proxies) {

    /** Nothing is believed. */
    public static final Forwarding NONE = new Forwarding(Headers.NONE, TrustedProxies.NONE);

    /** The kinds of such headers. */
    public enum Headers {
        /** None. */
        NONE("none"),
        /** The standard one, of RFC 7239. */
        FORWARDED("forwarded"),
        /** Those that were usual before it: {@code X-Forwarded-Proto}, {@code -Host}, {@code -Port}, {@code -Prefix}. */
        X_FORWARDED("x-forwarded");

        private final String word;

        Headers(String word) {
            this.word = word;
        }

        /** The value of {@code forwardedHeaders} that means it. */
        public String word() {
            return word;
        }
    }
}
