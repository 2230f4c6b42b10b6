package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the address that sends a user to the provider: with the authorization request in it, as it is or signed (RFC 9101),
 * or with no more than a reference to a request that has been pushed (RFC 9126). Safe for use by several threads.
 */
final class LoginRequests {

    private final Client client;
    private final AuthorizationRequest requests;
    private final PushedRequests pushed;
    private final InstantSource clock;

    LoginRequests(Client client, PushedRequests pushed, InstantSource clock) {
        this.client = client;
        this.requests = new AuthorizationRequest(client);
        this.pushed = pushed;
        this.clock = clock;
    }

    /**
     * The address for an attempt, which is good once.
     *
     * @param provider the provider
     * @param attempt the attempt
     * @param hints further parameters that nothing depends on
     * @throws AuthFailure if the request has to be pushed, and cannot be
     */
    String uri(Provider provider, LoginAttempt attempt, List<Map.Entry<String, String>> hints) throws AuthFailure {
        Optional<URI> pushEndpoint = provider.pushEndpoint();
        if (pushEndpoint.isPresent()) {
            // A proof of the key goes along with it (RFC 9449 section 10.1).
            Parameters request = requests.parameters(attempt, hints);
            Parameters content = client.assurance().signsRequests() ? signed(provider, request) : request;
            return new Parameters()
                    .add("client_id", client.id())
                    .add("request_uri", pushed.push(provider, pushEndpoint.get(), content, attempt))
                    .appendedTo(provider.authorizationEndpoint().toString());
        }
        if (client.assurance().signsRequests()) {
            // RFC 9101 section 5; OpenID Connect Core 6.1 wants two more outside, where they have no effect.
            Parameters request =
                    signed(provider, AuthorizationRequest.bound(requests.parameters(attempt, hints), attempt));
            if (client.usesOpenId()) {
                request.add("response_type", "code").add("scope", client.scope());
            }
            return request.appendedTo(provider.authorizationEndpoint().toString());
        }
        return requests.uri(provider, attempt, hints);
    }

    private Parameters signed(Provider provider, Parameters request) {
        ClientKey key = client.assurance()
                .keys()
                .signing()
                .orElseThrow(() -> new IllegalStateException("requests are signed, and there is no key for it"));
        return new Parameters()
                .add("client_id", client.id())
                .add("request", RequestObject.of(request, client.id(), provider, key, clock.instant()));
    }
}
