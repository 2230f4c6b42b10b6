package io.github.pkceauth.testkit;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Which path is answered by which service, and bent by which scripts. */
record ProviderRoutes(ScriptedProvider provider) implements WireServer.Handler {
    private static final String OPENID_METADATA = "/.well-known/openid-configuration";
    private static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";

    /** The scripts of one endpoint, the widest first, and what it says without them. */
    private record Route(List<EndpointScript<?>> scripts, Supplier<Reply> honest) {
        Reply changed() {
            Reply reply = honestOrBroken();
            for (EndpointScript<?> script : scripts) {
                reply = script.changed(reply);
            }
            return reply;
        }

        /** A request that the services cannot make sense of is answered like a crash. */
        private Reply honestOrBroken() {
            try {
                return honest.get();
            } catch (RuntimeException | AssertionError e) {
                return Reply.of(500, "text/plain", "The scripted provider has failed: " + e);
            }
        }
    }

    @Override
    public void handle(RecordedRequest request, Line line) throws IOException {
        provider.record(request);
        Route route = route(request);
        for (EndpointScript<?> script : route.scripts()) {
            Fault fault = script.take();
            if (fault != null) {
                fault.serve(route::changed, line);
                return;
            }
        }
        line.send(route.changed());
    }

    private Route route(RecordedRequest request) {
        return switch (provider.honesty().endpoint(request.path())) {
            case ScriptedProvider.AUTHORIZE ->
                of(provider.authorization(), () -> new AuthorizationService(provider).answer(request));
            case ScriptedProvider.TOKEN ->
                of(
                        TokenService.isRefresh(request) ? provider.refresh() : provider.token(),
                        () -> new TokenService(provider).answer(request));
            case ScriptedProvider.JWKS -> of(provider.jwks(), this::keySet);
            case ScriptedProvider.USERINFO ->
                of(provider.userinfo(), () -> new UserinfoService(provider).answer(request));
            case ScriptedProvider.REVOKE ->
                of(provider.revocation(), () -> new RevocationService(provider).answer(request));
            case ScriptedProvider.RESOURCE ->
                of(provider.resource(), () -> new ResourceService(provider).answer(request));
            case ScriptedProvider.LOGOUT -> of(provider.logout(), () -> new LogoutService(provider).answer(request));
            case ScriptedProvider.PAR ->
                provider.honesty().assurance.pushed.taken
                        ? of(provider.pushed(), () -> new PushedRequestService(provider).answer(request))
                        : nothing();
            default -> metadataOrNothing(request.path());
        };
    }

    private Route metadataOrNothing(String path) {
        String folder = provider.honesty().issuerPath.replaceFirst("/$", "");
        if (path.equals(folder + OPENID_METADATA)) {
            return metadata(provider.openidMetadata());
        }
        if (path.equals(OAUTH_METADATA + folder)) {
            return metadata(provider.oauthMetadata());
        }
        return nothing();
    }

    private Route nothing() {
        return new Route(List.of(provider.everywhere()), () -> Reply.html(404, Html.page("Not found", "")));
    }

    private Route metadata(JsonEndpoint location) {
        return new Route(
                List.of(provider.everywhere(), provider.metadata(), location),
                () -> new MetadataService(provider).answer(location));
    }

    private Route of(EndpointScript<?> script, Supplier<Reply> honest) {
        return new Route(List.of(provider.everywhere(), script), honest);
    }

    private Reply keySet() {
        Map<String, ?> set = Map.of("keys", provider.keys().published());
        return Reply.of(200, "application/json", Json.text(provider.jwks().bent(set)));
    }
}
