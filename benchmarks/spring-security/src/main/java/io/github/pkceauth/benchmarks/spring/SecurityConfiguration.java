package io.github.pkceauth.benchmarks.spring;

import io.github.pkceauth.benchmarks.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Login with one provider for all pages but the public ones; everything else is as Spring has it. */
@Configuration
@EnableWebSecurity
@EnableWebMvc
class SecurityConfiguration {

    @Bean
    SecurityFilterChain chain(HttpSecurity http, Settings settings) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(settings.publicPaths().stream()
                                .map(path -> path.replace("/*", "/**"))
                                .toArray(String[]::new))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2Login(login -> login.loginProcessingUrl(Settings.CALLBACK_PATH)
                        .userInfoEndpoint(user -> user.userAuthoritiesMapper(roles())))
                .build();
    }

    @Bean
    ClientRegistrationRepository registrations(Settings settings) {
        return new InMemoryClientRegistrationRepository(registration(settings));
    }

    static ClientRegistration registration(Settings settings) {
        return ClientRegistrations.fromOidcIssuerLocation(settings.issuer())
                .registrationId("provider")
                .clientId(settings.clientId())
                .clientSecret(Settings.CLIENT_SECRET)
                .redirectUri("{baseUrl}" + Settings.CALLBACK_PATH)
                .scope("openid", "profile", "email")
                .build();
    }

    private static GrantedAuthoritiesMapper roles() {
        return authorities -> {
            Set<GrantedAuthority> all = new LinkedHashSet<>(authorities);
            for (GrantedAuthority authority : authorities) {
                if (authority instanceof OidcUserAuthority user) {
                    List<String> roles = user.getIdToken().getClaimAsStringList(Settings.ROLES_CLAIM);
                    Objects.requireNonNull(roles).forEach(role -> all.add(new SimpleGrantedAuthority("ROLE_" + role)));
                }
            }
            return all;
        };
    }
}
