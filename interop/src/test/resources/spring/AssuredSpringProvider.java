import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.sun.net.httpserver.HttpServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.BeanIds;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.web.authentication.X509ClientCertificateAuthenticationConverter;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.context.ContextLoaderListener;
import org.springframework.web.context.request.RequestContextListener;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/**
 * Spring Authorization Server by TLS, with clients whose proofs are keys and certificates: started as a source file on
 * the class path of the example's jar. One port asks for no certificate, the other one does, and is what
 * {@code mtls_endpoint_aliases} name. Arguments: the two ports, the port for the clients' keys, the application's port,
 * the folder of the key stores and of the clients' key sets, and the subject of the client with a certificate.
 */
final class AssuredSpringProvider {

    private static int port;
    private static int mtlsPort;
    private static int keysPort;
    private static int applicationPort;
    private static Path folder;
    private static String clientSubject;

    public static void main(String[] arguments) throws Exception {
        port = Integer.parseInt(arguments[0]);
        mtlsPort = Integer.parseInt(arguments[1]);
        keysPort = Integer.parseInt(arguments[2]);
        applicationPort = Integer.parseInt(arguments[3]);
        folder = Path.of(arguments[4]);
        clientSubject = arguments[5];

        serveKeys();
        Server server = new Server();
        server.addConnector(connector(server, port, false));
        server.addConnector(connector(server, mtlsPort, true));
        server.setHandler(application());
        server.start();
        System.out.println("The provider listens");
    }

    /** The clients' public keys, where {@code jwks_uri} of each says. */
    private static void serveKeys() throws IOException {
        HttpServer keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), keysPort), 0);
        keys.createContext("/", exchange -> {
            byte[] set = Files.readAllBytes(folder.resolve(exchange.getRequestURI().getPath().substring(1)));
            exchange.getResponseHeaders().add("Content-Type", "application/jwk-set+json");
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        keys.start();
    }

    private static ServerConnector connector(Server server, int port, boolean mutual) throws Exception {
        HttpConfiguration configuration = new HttpConfiguration();
        SecureRequestCustomizer secure = new SecureRequestCustomizer();
        secure.setSniHostCheck(false); // an address is no name
        configuration.addCustomizer(secure);
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(context());
        tls.setWantClientAuth(mutual);
        ServerConnector connector = new ServerConnector(server, tls, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        return connector;
    }

    private static SSLContext context() throws Exception {
        char[] password = "changeit".toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(folder.resolve("server.p12").toFile(), password), password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(folder.resolve("authority.p12").toFile(), password));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                keys.getKeyManagers(),
                new TrustManager[] {new AuthorityOrSelf((X509TrustManager) trust.getTrustManagers()[0])},
                null);
        return context;
    }

    private static ServletContextHandler application() {
        AnnotationConfigWebApplicationContext beans = new AnnotationConfigWebApplicationContext();
        beans.register(Protocol.class);
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.setClassLoader(AssuredSpringProvider.class.getClassLoader());
        context.addEventListener(new ContextLoaderListener(beans));
        context.addEventListener(new RequestContextListener());
        context.addFilter(
                new FilterHolder(new DelegatingFilterProxy(BeanIds.SPRING_SECURITY_FILTER_CHAIN)),
                "/*",
                EnumSet.of(DispatcherType.REQUEST));
        context.getSessionHandler().setSessionCookie("ASSURED_SESSION");
        return context;
    }

    private static String issuer() {
        return "https://127.0.0.1:" + port;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSecurity
    static class Protocol {

        @Bean
        @Order(1)
        SecurityFilterChain endpoints(HttpSecurity http) {
            OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
            server.oidc(oidc -> oidc.providerConfigurationEndpoint(
                    metadata -> metadata.providerConfigurationCustomizer(configuration -> configuration
                            .idTokenSigningAlgorithms(algorithms -> {
                                algorithms.clear();
                                algorithms.add("ES256");
                            })
                            .claim("authorization_response_iss_parameter_supported", true)
                            .claim("mtls_endpoint_aliases", aliases()))));
            server.pushedAuthorizationRequestEndpoint(withDefaults());
            server.clientAuthentication(
                    authentication -> authentication.authenticationConverters(Protocol::certificatesFirst));
            server.authorizationEndpoint(
                    endpoint -> endpoint.authorizationResponseHandler(AssuredSpringProvider::answer));
            return http.securityMatcher(server.getEndpointsMatcher())
                    .with(server, withDefaults())
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2ResourceServer(resources -> resources.jwt(withDefaults()).dPoP(withDefaults()))
                    .exceptionHandling(exceptions ->
                            exceptions.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")))
                    .build();
        }

        /** Who sends a code verifier and no secret is taken for a public client otherwise, whatever certificate is there. */
        private static void certificatesFirst(List<AuthenticationConverter> converters) {
            converters.sort(Comparator.comparing(
                    converter -> converter instanceof X509ClientCertificateAuthenticationConverter ? 0 : 1));
        }

        private static Map<String, String> aliases() {
            String origin = "https://127.0.0.1:" + mtlsPort;
            return Map.of(
                    "token_endpoint", origin + "/oauth2/token",
                    "pushed_authorization_request_endpoint", origin + "/oauth2/par",
                    "revocation_endpoint", origin + "/oauth2/revoke",
                    "userinfo_endpoint", origin + "/userinfo");
        }

        @Bean
        @Order(2)
        SecurityFilterChain pages(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice").password("{noop}alice").roles("admin").build());
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().issuer(issuer()).build();
        }

        @Bean
        RegisteredClientRepository clients() throws Exception {
            return new InMemoryRegisteredClientRepository(
                    byKey("es256", SignatureAlgorithm.ES256),
                    byKey("ps256", SignatureAlgorithm.PS256),
                    byCertificate("tls", ClientAuthenticationMethod.TLS_CLIENT_AUTH, settings -> settings
                            .x509CertificateSubjectDN(clientSubject)),
                    byCertificate("self-signed", ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH, settings ->
                            settings.jwkSetUrl(jwks("self-signed"))));
        }

        private static RegisteredClient byKey(String id, SignatureAlgorithm algorithm) {
            return client(id)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                    .clientSettings(ClientSettings.builder()
                            .requireProofKey(true)
                            .jwkSetUrl(jwks(id))
                            .tokenEndpointAuthenticationSigningAlgorithm(algorithm)
                            .build())
                    .tokenSettings(TokenSettings.builder()
                            .idTokenSignatureAlgorithm(SignatureAlgorithm.ES256)
                            .build())
                    .build();
        }

        private static RegisteredClient byCertificate(
                String id, ClientAuthenticationMethod method, Consumer<ClientSettings.Builder> own) {
            ClientSettings.Builder settings = ClientSettings.builder().requireProofKey(true);
            own.accept(settings);
            return client(id)
                    .clientAuthenticationMethod(method)
                    .clientSettings(settings.build())
                    .tokenSettings(TokenSettings.builder()
                            .idTokenSignatureAlgorithm(SignatureAlgorithm.ES256)
                            .x509CertificateBoundAccessTokens(true)
                            .build())
                    .build();
        }

        private static RegisteredClient.Builder client(String id) {
            String origin = "http://localhost:" + applicationPort;
            return RegisteredClient.withId(id)
                    .clientId(id)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                    .redirectUri(origin + "/callback")
                    .postLogoutRedirectUri(origin + "/")
                    .scope("openid")
                    .scope("profile")
                    .scope("email");
        }

        private static String jwks(String id) {
            return "http://127.0.0.1:" + keysPort + "/" + id + ".jwks";
        }

        @Bean
        JWKSource<SecurityContext> keys() throws Exception {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
            return new ImmutableJWKSet<>(new JWKSet(key));
        }

        @Bean
        JwtDecoder accessTokens(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims() {
            return context -> {
                context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
                context.getClaims().claim("preferred_username", context.getPrincipal().getName());
            };
        }
    }

    /** Sends the browser back, and says who does so (RFC 9207): Spring Authorization Server does not by itself. */
    private static void answer(HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        OAuth2AuthorizationCodeRequestAuthenticationToken granted =
                (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        response.sendRedirect(granted.getRedirectUri() + "?code="
                + encoded(granted.getAuthorizationCode().getTokenValue()) + "&state=" + encoded(granted.getState())
                + "&iss=" + encoded(issuer()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Takes certificates of one authority, and those that are their own; which client a self-signed one belongs to is for
     * the server to tell, by the keys that it has registered.
     */
    private record AuthorityOrSelf(X509TrustManager authority) implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            if (chain.length != 1) {
                authority.checkClientTrusted(chain, type);
                return;
            }
            try {
                chain[0].checkValidity();
                chain[0].verify(chain[0].getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            authority.checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
