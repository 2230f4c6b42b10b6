package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.AuthenticatedCalls.Exchange;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hands authorization requests to the provider itself, before the user is sent there with nothing but a reference to it
 * (RFC 9126). Whoever asks for a page makes the provider's work by it, so that {@link PushLimit} says how much. Safe for use
 * by several threads.
 */
final class PushedRequests {

    private static final String WHAT = "pushed authorization request endpoint";

    /** Section 2.2 leaves the form open; what goes into an address must be of these characters, and not endless. */
    private static final Pattern REFERENCE = Pattern.compile("[\\x21-\\x7E]{1,4096}");

    private final Client client;
    private final AuthenticatedCalls calls;
    private final PushLimit limit;

    PushedRequests(Client client, AuthenticatedCalls calls, PushLimit limit) {
        this.client = client;
        this.calls = calls;
        this.limit = limit;
    }

    /**
     * Pushes a request.
     *
     * @param provider the provider
     * @param address where requests are pushed
     * @param request what is pushed
     * @param attempt the attempt that it is for, in whose answer its state and its nonce are to be found
     * @return what is sent as {@code request_uri}, good for one try
     * @throws AuthFailure if the provider refuses it or cannot be reached, or if too many are pushed already
     */
    String push(Provider provider, URI address, Parameters request, LoginAttempt attempt) throws AuthFailure {
        limit.enter();
        Exchange exchange;
        try {
            exchange = calls.post(
                    WHAT, address, provider, request, List.of(attempt.state(), attempt.nonce()), attempt.dpopKey());
        } finally {
            limit.leave();
        }
        HttpAnswer answer = exchange.answer();
        // Section 2.2 has 201; some providers answer 200.
        if (answer.status() == 201 || answer.status() == 200) {
            return reference(answer);
        }
        throw refusal(answer, exchange.sent());
    }

    private static String reference(HttpAnswer answer) throws AuthFailure {
        Claims members = new Claims(answer.json(Reason.AUTHORIZATION_REQUEST_REFUSED));
        return members.text("request_uri")
                .filter(reference -> REFERENCE.matcher(reference).matches())
                .orElseThrow(() -> new AuthFailure(
                        Reason.AUTHORIZATION_REQUEST_REFUSED,
                        answer.from() + " answered without a usable request_uri"));
    }

    private AuthFailure refusal(HttpAnswer answer, Confidential sent) {
        if (answer.status() / 100 == 5 || answer.status() == 429) {
            return answer.unexpected(Reason.PROVIDER_UNREACHABLE);
        }
        @Nullable ErrorDocument document = answer.status() / 100 == 3 ? null : ErrorDocument.in(answer, sent);
        return document == null
                ? answer.unexpected(Reason.AUTHORIZATION_REQUEST_REFUSED)
                : new AuthFailure(
                        Reason.AUTHORIZATION_REQUEST_REFUSED,
                        answer.from() + " answered with status " + answer.status() + " and the error '"
                                + document.words() + "'"
                                + document.mend(answer.status(), client.authentication()));
    }
}
