package io.github.pkceauth.testkit;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The honest authorization endpoint, RFC 6749 section 4.1 with RFC 7636 and RFC 9207. */
record AuthorizationService(ScriptedProvider provider) {

    Reply answer(RecordedRequest request) {
        Parameters asked = request.parameters();
        String refusal = refusal(asked);
        if (!refusal.isEmpty()) {
            return Reply.html(400, Html.page("Refused", Html.escape(refusal)));
        }
        if (provider.honesty().showsLoginForm && request.method().equals("GET")) {
            String form = Html.form(request.path(), asked, "Sign in");
            return Reply.html(200, Html.page("Sign in", form)).withHeader("Cache-Control", "no-store");
        }
        String error = error(asked);
        Parameters result = error.isEmpty() ? success(asked) : failure(error);
        if (asked.has("state")) {
            result = result.plus("state", asked.all("state").get(0));
        }
        if (provider.honesty().saysIss) {
            result = result.plus("iss", provider.issuer());
        }
        return send(asked, provider.authorization().bent(result));
    }

    /** Why the browser cannot be sent back at all; empty where it can. */
    private String refusal(Parameters asked) {
        if (!asked.all("client_id").equals(List.of(provider.clientId()))) {
            return "unknown client_id";
        }
        if (asked.all("redirect_uri").size() != 1) {
            return "no redirect_uri, or more than one";
        }
        URI uri = URI.create(asked.get("redirect_uri"));
        boolean usable = uri.isAbsolute() && uri.getRawFragment() == null;
        return usable && provider.honesty().accepts(uri.toString()) ? "" : "redirect_uri is not registered";
    }

    private static String error(Parameters asked) {
        for (String name : asked.names()) {
            if (asked.all(name).size() > 1 && !name.equals("resource")) {
                return "invalid_request: repeated " + name;
            }
        }
        if (!asked.has("response_type") || !asked.get("response_type").equals("code")) {
            return "unsupported_response_type: only code";
        }
        boolean s256 = asked.has("code_challenge_method")
                && asked.get("code_challenge_method").equals("S256");
        if (!s256 || !asked.has("code_challenge") || asked.get("code_challenge").length() != 43) {
            return "invalid_request: PKCE with S256 is required";
        }
        return "";
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
                asked.has("nonce") ? asked.get("nonce") : "");
        return Parameters.none().plus("code", provider.grants().newCode(grant));
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

    private static Reply send(Parameters asked, Parameters result) {
        String place = asked.get("redirect_uri");
        if (asked.has("response_mode") && asked.get("response_mode").equals("form_post")) {
            return Reply.html(200, Html.page("Submit this form", Html.form(place, result, "")))
                    .withHeader("Cache-Control", "no-store");
        }
        return Reply.redirect(302, result.appendTo(place)).withHeader("Cache-Control", "no-store");
    }
}
