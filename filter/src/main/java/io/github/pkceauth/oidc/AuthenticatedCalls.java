package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Posts forms to the provider in the client's name, which is proved each time anew, and where there is a key of the login
 * with a proof of that (RFC 9449). Safe for use by several threads.
 */
final class AuthenticatedCalls {

    private static final String NONCE_WANTED = "use_dpop_nonce";

    /** What this client has signed, and whoever has it could use for a while. */
    private static final Set<String> SIGNED = Set.of("client_assertion", "request");

    private final Client client;
    private final Http http;
    private final DpopNonces nonces;
    private final InstantSource clock;

    AuthenticatedCalls(Client client, Http http, DpopNonces nonces, InstantSource clock) {
        this.client = client;
        this.http = http;
        this.nonces = nonces;
        this.clock = clock;
    }

    /**
     * An answer, and what was sent in confidence.
     *
     * @param answer the answer
     * @param sent what must not be printed when it comes back
     */
    record Exchange(HttpAnswer answer, Confidential sent) {}

    /**
     * Posts a form, once; and once more if the provider wants nothing else than a new nonce in the proof of the key, in which
     * case it has looked at nothing of the form (section 8).
     *
     * @param what what is called, for messages
     * @param address where it is
     * @param provider whose it is
     * @param form the form, without the client's authentication
     * @param secrets what of the form must not be printed
     * @param key the login's, or null
     * @throws AuthFailure if there is no whole answer in time
     */
    Exchange post(
            String what, URI address, Provider provider, Parameters form, List<String> secrets, @Nullable DpopKey key)
            throws AuthFailure {
        if (key == null) {
            Signed signed = signed(provider, form, secrets);
            return new Exchange(http.post(what, address, signed.headers(), signed.form()), signed.confidential());
        }
        @Nullable String first = nonces.of(address);
        Exchange exchange = send(what, address, signed(provider, form, secrets), key, first);
        @Nullable String wanted = nonces.note(address, exchange.answer().dpopNonce());
        if (wanted == null || wanted.equals(first) || !isNonceWanted(exchange.answer())) {
            return exchange;
        }
        Exchange second = send(what, address, signed(provider, form, secrets), key, wanted);
        nonces.note(address, second.answer().dpopNonce());
        return second;
    }

    private static boolean isNonceWanted(HttpAnswer answer) {
        if (answer.status() != 400 && answer.status() != 401) {
            return false;
        }
        try {
            return NONCE_WANTED.equals(
                    answer.json(Reason.TOKEN_RESPONSE_INVALID).get("error"));
        } catch (AuthFailure e) {
            return false; // which whoever reads the answer will find out
        }
    }

    private Exchange send(String what, URI address, Signed signed, DpopKey key, @Nullable String nonce)
            throws AuthFailure {
        String proof = key.proof("POST", address, clock.instant(), nonce, null);
        Map<String, String> headers = new HashMap<>(signed.headers());
        headers.put("DPoP", proof);
        HttpAnswer answer = http.post(what, address, headers, signed.form());
        return new Exchange(answer, signed.confidential().and(proof));
    }

    /**
     * A form with the client's authentication.
     *
     * @param form the form
     * @param headers what goes along with it
     * @param confidential what of both must not be printed
     */
    record Signed(Parameters form, Map<String, String> headers, Confidential confidential) {
        @Override
        public String toString() {
            return "Signed[hidden]";
        }
    }

    /** The form with the client's authentication, for one try. */
    Signed signed(Provider provider, Parameters form, List<String> secrets) {
        Parameters whole = form.copy();
        Map<String, String> headers = client.authentication().apply(client.id(), provider, clock.instant(), whole);
        List<String> hidden = new ArrayList<>(secrets);
        client.secret().map(Secret::reveal).ifPresent(hidden::add);
        whole.entries().stream()
                .filter(entry -> SIGNED.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .forEach(hidden::add);
        headers.values().forEach(header -> hidden.add(header.substring(header.lastIndexOf(' ') + 1)));
        return new Signed(whole, headers, new Confidential(hidden));
    }
}
