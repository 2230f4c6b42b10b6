package io.github.pkceauth.config;

import io.github.pkceauth.api.LoginListener;
import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.oidc.ClaimRules;
import io.github.pkceauth.oidc.Client;
import io.github.pkceauth.oidc.ProviderSettings;
import io.github.pkceauth.oidc.RelyingParty;
import io.github.pkceauth.oidc.Tls;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration, checked and immutable.
 *
 * @param filterName the filter's name, which session attributes carry
 * @param provider what the deployment says about the provider
 * @param client this application as the provider knows it
 * @param claims how claims become a user
 * @param limits time limits
 * @param tls how TLS connections to the provider are made
 * @param allowInsecureHttp whether plain http may leave this machine
 * @param baseUrl what the browser sees in place of origin and context path, without a final slash
 * @param forwarding what is believed of proxies' headers where there is no base URL
 * @param paths the filter's own paths
 * @param forwardedParameters what of a link to the login is handed on to the provider
 * @param keepFragment whether the part of an address behind the # outlasts a login
 * @param access who may see which pages
 * @param errorPage the application's own page for failures
 * @param replayPost whether forms that were sent without a login are sent again after it
 * @param maxPendingLogins how many logins may be pending in a session, or in a browser
 * @param pendingState where pending logins are kept
 * @param sessionLife how long logins last
 * @param sharedStore what the nodes of the application know together, if there is such a store
 * @param clearSiteData what browsers drop at logout
 * @param listeners who is told of logins and logouts
 */
public record Config(
        String filterName,
        ProviderSettings provider,
        Client client,
        ClaimRules claims,
        RelyingParty.Limits limits,
        Tls tls,
        boolean allowInsecureHttp,
        Optional<String> baseUrl,
        Forwarding forwarding,
        Paths paths,
        Set<String> forwardedParameters,
        boolean keepFragment,
        Access access,
        Optional<String> errorPage,
        boolean replayPost,
        int maxPendingLogins,
        PendingState pendingState,
        SessionLife sessionLife,
        Optional<SharedStore> sharedStore,
        List<String> clearSiteData,
        List<LoginListener> listeners) {}
