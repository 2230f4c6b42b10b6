package io.github.pkceauth.example.launcher.provider;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** The provider's own pages: who may see them, and what happens to a posted user name and password. */
@Configuration(proxyBeanMethods = false)
class SignIn {

    static final String PATH = "/login";

    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(PATH, StyleSheet.PATH)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage(PATH)
                        .successHandler((request, response, user) ->
                                response.sendRedirect(Continuation.in(request).path()))
                        .failureHandler((request, response, reason) ->
                                response.sendRedirect(Continuation.in(request).signIn() + "&error")))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .exceptionHandling(exceptions ->
                        exceptions.accessDeniedHandler((request, response, reason) -> startOver(request, response)))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(
                        "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'")))
                .build();
    }

    /**
     * A form whose CSRF token is of no more use was shown before another tab signed in, or before the provider started
     * anew. What it says is not trusted; its authorization request goes on, with a new form if one is needed.
     */
    private static void startOver(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect(Continuation.in(request).path());
    }

    @Bean
    UserDetailsService users(PasswordEncoder encoder) {
        List<UserDetails> users = DemoUser.ALL.stream()
                .map(user -> User.withUsername(user.username())
                        .password(encoder.encode(user.username()))
                        .roles(user.roles().toArray(String[]::new))
                        .build())
                .toList();
        return new InMemoryUserDetailsManager(users);
    }

    /** The least work that there is: these passwords are public, and the client's secret cannot be guessed anyway. */
    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder(4);
    }
}
