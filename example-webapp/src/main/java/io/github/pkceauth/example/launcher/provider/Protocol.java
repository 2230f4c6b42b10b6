package io.github.pkceauth.example.launcher.provider;

import static java.util.Objects.requireNonNull;
import static org.springframework.security.oauth2.core.oidc.OidcScopes.EMAIL;
import static org.springframework.security.oauth2.core.oidc.OidcScopes.OPENID;
import static org.springframework.security.oauth2.core.oidc.OidcScopes.PROFILE;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * OAuth 2.0 and OpenID Connect: the endpoints, the client and the claims. Of the ways to tell an application that a user
 * has signed out elsewhere (back-channel and front-channel logout), Spring Authorization Server has none.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class Protocol {

    @Bean
    @Order(1)
    SecurityFilterChain endpoints(HttpSecurity http, ExampleClient client, Issuer issuer) {
        OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
        server.oidc(oidc -> oidc.userInfoEndpoint(userInfo -> userInfo.userInfoMapper(Protocol::userInfo))
                .providerConfigurationEndpoint(metadata -> metadata.providerConfigurationCustomizer(
                        configuration -> configuration.scopes(scopes -> scopes.addAll(List.of(PROFILE, EMAIL))))));
        return http.securityMatcher(server.getEndpointsMatcher())
                .with(server, Customizer.withDefaults())
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(resources -> resources.jwt(Customizer.withDefaults()))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .exceptionHandling(exceptions -> exceptions.defaultAuthenticationEntryPointFor(
                        new SignInFirst(client, issuer),
                        PathPatternRequestMatcher.withDefaults().matcher(Continuation.AUTHORIZE)))
                .build();
    }

    @Bean
    AuthorizationServerSettings settings(Issuer issuer) {
        return AuthorizationServerSettings.builder()
                .issuer(issuer.uri().toString())
                .build();
    }

    @Bean
    RegisteredClientRepository clients(ExampleClient client, PasswordEncoder encoder) {
        return new InMemoryRegisteredClientRepository(
                RegisteredClient.withId(UUID.randomUUID().toString())
                        .clientId(client.id())
                        .clientSecret(encoder.encode(client.secret()))
                        .clientName("PkceAuthFilter example")
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                        .redirectUris(uris -> uris.addAll(client.addresses(client.callback())))
                        .postLogoutRedirectUris(uris -> uris.addAll(client.addresses(client.afterLogout())))
                        .scopes(scopes -> scopes.addAll(List.of(OPENID, PROFILE, EMAIL)))
                        .clientSettings(ClientSettings.builder()
                                .requireProofKey(true)
                                .requireAuthorizationConsent(false)
                                .build())
                        // Rotation: each refresh gives a new refresh token, and the old one is of no more use. A few
                        // minutes are
                        // long enough to look around, and short enough to see the filter refresh.
                        .tokenSettings(TokenSettings.builder()
                                .accessTokenTimeToLive(Duration.ofMinutes(5))
                                .refreshTokenTimeToLive(Duration.ofHours(1))
                                .reuseRefreshTokens(false)
                                .build())
                        .build());
    }

    @Bean
    JWKSource<SecurityContext> keys() throws JOSEException {
        return new ImmutableJWKSet<>(new JWKSet(new RSAKeyGenerator(2048)
                .keyUse(KeyUse.SIGNATURE)
                .keyID(UUID.randomUUID().toString())
                .generate()));
    }

    @Bean
    JwtDecoder accessTokens(JWKSource<SecurityContext> keys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    /** The user's claims, in the ID token and in the access token. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims() {
        return context -> {
            Authentication principal = requireNonNull(context.getPrincipal(), "no grant here is without a user");
            DemoUser user = DemoUser.named(principal.getName());
            context.getClaims().claims(claims -> claims.putAll(user.claims(context.getAuthorizedScopes())));
        };
    }

    private static OidcUserInfo userInfo(OidcUserInfoAuthenticationContext context) {
        String subject = context.getAuthorization().getPrincipalName();
        Set<String> scopes = context.getAccessToken().getScopes();
        Map<String, Object> claims = new HashMap<>(DemoUser.named(subject).claims(scopes));
        claims.put("sub", subject);
        return new OidcUserInfo(claims);
    }
}
