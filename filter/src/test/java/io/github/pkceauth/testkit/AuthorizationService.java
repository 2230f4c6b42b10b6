package io.github.pkceauth.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The honest authorization endpoint, RFC 6749 section 4.1 with RFC 7636, RFC 9207 and JARM. */
record AuthorizationService(ScriptedProvider provider) {
    /** Those of JARM; jwt alone means query.jwt with a code. */
    private static final Set<String> SIGNED_MODES = Set.of("jwt", "query.jwt", "form_post.jwt");

    private static final String DETAILS = "authorization_details";

    Reply answer(RecordedRequest request) {
        Parameters brought = request.parameters();
        AuthorizationRequests requests = new AuthorizationRequests(provider);
        try {
            Parameters asked = requests.broughtByBrowser(brought);
            if (provider.honesty().showsLoginForm && request.method().equals("GET")) {
                String form = Html.form(request.path(), brought, "Sign in");
                return Reply.html(200, Html.page("Sign in", form)).withHeader("Cache-Control", "no-store");
            }
            boolean pushed = brought.has("request_uri");
            if (pushed && !provider.honesty().assurance.pushed.use(brought.get("request_uri"))) {
                throw new RequestRefusal("invalid_request_uri", "used by somebody else just now");
            }
            return answer(asked, requests.error(asked));
        } catch (RequestRefusal e) {
            return Reply.html(400, Html.page("Refused", Html.escape(e.description())));
        }
    }

    /**
     * @param error empty where nothing is wrong
     */
    private Reply answer(Parameters asked, String error) {
        Parameters result = error.isEmpty() ? success(asked) : failure(error);
        if (asked.has("state")) {
            result = result.plus("state", asked.all("state").get(0));
        }
        String mode = asked.has("response_mode") ? asked.get("response_mode") : "";
        if (SIGNED_MODES.contains(mode)) {
            String response = new TokenMint(provider).authorizationResponse(result);
            result = Parameters.none().plus("response", response);
        } else if (provider.honesty().saysIss) {
            result = result.plus("iss", provider.issuer());
        }
        return send(asked.get("redirect_uri"), mode, provider.authorization().bent(result));
    }

    private static Parameters failure(String error) {
        int colon = error.indexOf(':');
        return Parameters.none()
                .plus("error", error.substring(0, colon))
                .plus("error_description", error.substring(colon + 2));
    }

    private Parameters success(Parameters asked) {
        Honesty.SignedIn signedIn = signedInAs(asked);
        Grant grant = new Grant(
                provider.grants().invent("grant"),
                signedIn.user(),
                signedIn.sid(),
                signedIn.since(),
                signedIn.acr(),
                asked.get("redirect_uri"),
                asked.has("scope") ? asked.get("scope") : "",
                asked.get("code_challenge"),
                asked.has("nonce") ? asked.get("nonce") : "",
                asked.has(DETAILS) ? asked.get(DETAILS) : "",
                bound(asked));
        return Parameters.none().plus("code", provider.grants().newCode(grant));
    }

    private Confirmation bound(Parameters asked) {
        boolean dpop = provider.honesty().assurance.dpop.required && asked.has("dpop_jkt");
        return dpop ? Confirmation.dpop(asked.get("dpop_jkt")) : Confirmation.NONE;
    }

    /** The provider's session, in which the user signs in once more where what is asked for makes that necessary. */
    private Honesty.SignedIn signedInAs(Parameters asked) {
        Honesty honesty = provider.honesty();
        Honesty.SignedIn signedIn = honesty.signedIn;
        long now = Instant.now().getEpochSecond();
        if (honesty.heedsMaxAge
                && asked.has("max_age")
                && now - signedIn.since() >= Long.parseLong(asked.get("max_age"))) {
            signedIn = signedIn.at(now);
        }
        if (honesty.heedsAcrValues && asked.has("acr_values")) {
            List<String> classes = List.of(asked.get("acr_values").split(" ", -1));
            if (!classes.contains(signedIn.acr())) {
                Optional<String> other =
                        classes.stream().filter(honesty.acrs::contains).findFirst();
                signedIn = other.isEmpty() ? signedIn : signedIn.by(other.get()).at(now);
            }
        }
        honesty.signedIn = signedIn;
        return signedIn;
    }

    private static Reply send(String place, String mode, Parameters result) {
        if (mode.startsWith("form_post")) {
            return Reply.html(200, Html.page("Submit this form", Html.form(place, result, "")))
                    .withHeader("Cache-Control", "no-store");
        }
        return Reply.redirect(302, result.appendTo(place)).withHeader("Cache-Control", "no-store");
    }
}
