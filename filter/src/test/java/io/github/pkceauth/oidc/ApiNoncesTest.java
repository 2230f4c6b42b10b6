package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** Each test has servers of its own, because what is remembered is for all. */
class ApiNoncesTest {

    private final DpopKey alice = DpopKey.generate();
    private final DpopKey bob = DpopKey.generate();

    @Test
    void whatOneLoginWasAskedForIsForItsNextProofWhateverOthersLearn() {
        URI api = URI.create("https://asked.example.com/accounts");
        ApiNonces.note(api, "for-alice");
        ApiNonces.want(alice, api, "for-alice");
        ApiNonces.note(api, "for-bob");

        assertEquals("for-alice", ApiNonces.next(alice, api));
        assertEquals("for-bob", ApiNonces.next(bob, api));
        assertEquals("for-bob", ApiNonces.next(alice, api));
    }

    @Test
    void whatIsNoNonceIsNotNoted() {
        URI api = URI.create("https://odd.example.com/accounts");

        assertFalse(ApiNonces.note(api, "not one"));
        assertNull(ApiNonces.next(alice, api));
        assertTrue(ApiNonces.note(api, "one"));
    }
}
