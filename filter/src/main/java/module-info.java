/**
 * Login for any Jakarta web application: OAuth 2.0 and OpenID Connect with PKCE, as one servlet filter.
 */
module io.github.pkceauth {
    requires transitive jakarta.servlet;
    requires java.net.http;
    requires com.nimbusds.jose.jwt;
    requires static org.jspecify;

    exports io.github.pkceauth;
    exports io.github.pkceauth.api;
}
