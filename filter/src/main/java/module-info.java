import io.github.pkceauth.api.LoginListener;
import io.github.pkceauth.api.SharedStore;

/**
 * Login for any Jakarta web application: OAuth 2.0 and OpenID Connect with PKCE, as one servlet filter.
 */
@SuppressWarnings("requires-automatic") // JCache 1.1 has no module descriptor
module io.github.pkceauth {
    requires transitive jakarta.servlet;
    requires java.net.http;
    requires jdk.jfr;
    requires com.nimbusds.jose.jwt;
    requires static cache.api;
    requires static java.xml; // the doctor reads web.xml
    requires static org.jspecify;

    uses LoginListener;
    uses SharedStore;

    exports io.github.pkceauth;
    exports io.github.pkceauth.api;
}
