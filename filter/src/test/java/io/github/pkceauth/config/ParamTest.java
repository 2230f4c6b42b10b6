package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParamTest {

    /** The contract: deployments rely on these names and defaults. */
    private static final String CONTRACT = """
            issuer                    | required
            tenants                   | none
            metadataUrl               | from `issuer`
            authorizationEndpoint     | from metadata
            tokenEndpoint             | from metadata
            jwksUri                   | from metadata
            userinfoEndpoint          | from metadata
            endSessionEndpoint        | from metadata
            revocationEndpoint        | from metadata
            clientId                  | required
            clientSecret              | none
            clientAuthentication      | `none`, or `client_secret_basic` with a secret, or `private_key_jwt` with a `clientKey` alone
            clientKey                 | none
            keyStore                  | none
            keyStorePassword          | none
            profile                   | `none`
            pushedAuthorization       | `auto`, or `required` with `profile=fapi2`
            requestObject             | `none`
            senderConstraint          | `none`, or `dpop` with `profile=fapi2`
            scope                     | `openid profile email`
            audience                  | none
            resource                  | none
            authorizationDetails      | none
            responseMode              | `query`
            authorizationParameters   | none
            prompt                    | none
            acrValues                 | none
            maxAge                    | none
            stepUp                    | none
            userinfo                  | `auto`
            baseUrl                   | from the request
            forwardedHeaders          | `none`
            trustedProxies            | none
            callbackPath              | `/callback`
            loginPath                 | `/login`
            forwardedParameters       | none
            keepFragment              | `false`
            logoutPath                | `/logout`
            afterLogoutPath           | `/`
            backchannelLogoutPath     | none
            frontchannelLogoutPath    | none
            clearSiteData             | none
            mode                      | `required`
            silentLogin               | `false`
            publicPaths               | none
            roleRules                 | none
            principalClaim            | `sub`
            rolesClaim                | none
            idTokenSignedResponseAlg  | the asymmetric ones of the metadata, else `RS256`
            idTokenEncryptedResponseAlg | none
            trustedCertificates       | none
            allowInsecureHttp         | `false`
            errorPage                 | built in
            clockSkew                 | `PT60S`
            loginTimeout              | `PT10M`
            maxPendingLogins          | `16`
            loginState                | `session`
            cookieKey                 | none
            replayPost                | `false`
            sessionPolicy             | `refresh` for logins with a refresh token, else `container`
            maxSessionAge             | none
            refreshGrace              | `PT5M`
            sharedCache               | none
            httpTimeout               | `PT10S`
            """;

    @Test
    void namesAndDefaultsAreAsPromised() {
        Map<String, String> promised = new LinkedHashMap<>();
        CONTRACT.lines().forEach(line -> {
            int bar = line.indexOf('|');
            promised.put(line.substring(0, bar).strip(), line.substring(bar + 1).strip());
        });
        Map<String, String> found = new LinkedHashMap<>();
        for (Param param : Param.values()) {
            found.put(param.parameter(), param.standard());
        }

        assertEquals(promised, found);
    }

    @Test
    void onlyAFixedDefaultIsAValue() {
        assertEquals(Optional.of("openid profile email"), Param.SCOPE.defaultValue());
        assertEquals(Optional.empty(), Param.ISSUER.defaultValue());
        assertEquals(Optional.empty(), Param.METADATA_URL.defaultValue());
        assertEquals(Optional.empty(), Param.CLIENT_AUTHENTICATION.defaultValue());
        assertEquals(Optional.empty(), Param.ID_TOKEN_SIGNED_RESPONSE_ALG.defaultValue());
    }

    @ParameterizedTest
    @EnumSource
    void theEnvironmentsNameIsTheConstantsOwn(Param param) {
        assertEquals(param.name(), param.environmentName());
    }

    @ParameterizedTest
    @EnumSource
    void everyParameterHasAMeaningThatFitsIntoATable(Param param) {
        assertFalse(param.meaning().isBlank());
        assertFalse(param.meaning().matches("(?s).*[|\n].*"), param.meaning());
    }

    @Test
    void secretsAndSecuritySwitchesAreKnown() {
        assertEquals(
                Set.of(
                        Param.CLIENT_SECRET,
                        Param.CLIENT_KEY,
                        Param.KEY_STORE,
                        Param.KEY_STORE_PASSWORD,
                        Param.COOKIE_KEY),
                Arrays.stream(Param.values()).filter(Sensitivity::isSecret).collect(Collectors.toSet()));
        assertEquals(
                Set.of(
                        Param.PUBLIC_PATHS,
                        Param.MODE,
                        Param.ROLE_RULES,
                        Param.STEP_UP,
                        Param.ACR_VALUES,
                        Param.MAX_AGE,
                        Param.AFTER_LOGOUT_PATH,
                        Param.FORWARDED_HEADERS,
                        Param.TRUSTED_PROXIES,
                        Param.ALLOW_INSECURE_HTTP,
                        Param.TRUSTED_CERTIFICATES),
                Arrays.stream(Param.values())
                        .filter(Sensitivity::isSecuritySwitch)
                        .collect(Collectors.toSet()));
    }

    @Test
    void noNameIsAnothersNameOfAFile() {
        Set<String> names = Arrays.stream(Param.values()).map(Param::parameter).collect(Collectors.toSet());

        assertEquals(Param.values().length, names.size());
        assertTrue(names.stream().noneMatch(name -> names.contains(name + "File")));
    }
}
