package io.github.pkceauth.config;

import io.github.pkceauth.oidc.AuthorizationDetails;
import io.github.pkceauth.oidc.AuthorizationRequest;
import io.github.pkceauth.oidc.Printable;
import io.github.pkceauth.oidc.ResponseMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes what is asked in the authorization request out of text; each failure says what to write instead. */
final class RequestParsers {

    private RequestParsers() {}

    /** RFC 6749 section 3.3: printable ASCII without quote and backslash, separated by one space. */
    static String scope(String text) throws BadValue {
        for (String token : Parsers.words(text)) {
            if (!token.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+")) {
                throw new BadValue("write scope names separated by spaces, without commas or quotes");
            }
            if (token.contains(",")) {
                throw new BadValue("write scope names separated by spaces, not commas");
            }
        }
        return String.join(" ", Parsers.words(text));
    }

    static ResponseMode responseMode(String text) throws BadValue {
        Map<String, ResponseMode> modes =
                Arrays.stream(ResponseMode.values()).collect(Collectors.toMap(ResponseMode::word, Function.identity()));
        return Objects.requireNonNull(modes.get(Parsers.oneOf(modes.keySet()).parse(text)));
    }

    /** RFC 9396 section 2: an array of objects, each of a type. */
    static AuthorizationDetails authorizationDetails(String text) throws BadValue {
        Optional<AuthorizationDetails> details = AuthorizationDetails.of(text);
        if (details.isEmpty()) {
            throw new BadValue("write a JSON array of objects that each have a type without spaces, for example"
                    + " [{\"type\":\"account_information\",\"actions\":[\"list_accounts\"]}]");
        }
        return details.get();
    }

    /** OpenID Connect Core 3.1.2.1, and what providers have added to it. */
    static String prompt(String text) throws BadValue {
        List<String> asked = Parsers.words(scope(text));
        if (asked.contains("none")) {
            throw new BadValue(
                    "with none nobody could sign in; write login, consent or select_account, or see silentLogin");
        }
        return String.join(" ", asked);
    }

    static List<Map.Entry<String, String>> query(String text) throws BadValue {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new BadValue("write name=value pairs joined by &, for example prompt=login");
            }
            String name = decoded(pair.substring(0, equals));
            if (AuthorizationRequest.RESERVED.contains(name)) {
                throw new BadValue("'" + name + "' is the filter's own and cannot be given here; remove it"
                        + (name.equals("acr_values") ? ", or use the parameter acrValues" : "")
                        + (name.equals("max_age") ? ", or use the parameter maxAge" : "")
                        + (name.equals("authorization_details") ? ", or use the parameter authorizationDetails" : ""));
            }
            if (!names.add(name)) {
                throw new BadValue("'" + Printable.of(name) + "' may be given once (RFC 6749 section 3.1)");
            }
            parameters.add(Map.entry(name, decoded(pair.substring(equals + 1))));
        }
        return List.copyOf(parameters);
    }

    private static String decoded(String text) throws BadValue {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadValue("a % must be followed by two hexadecimal digits; write %25 for % itself");
        }
    }

    /** What cannot harm, whoever wrote the link: the user sees it, and may change it. */
    static Set<String> loginHints(String text) throws BadValue {
        Set<String> names = new LinkedHashSet<>();
        for (String name : Parsers.words(text)) {
            names.add(Parsers.oneOf(Set.of("login_hint", "ui_locales")).parse(name));
        }
        return Collections.unmodifiableSet(names);
    }
}
