package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DpopNoncesTest {

    private final DpopNonces nonces = DpopNonces.ofProvider();

    @Test
    void theLastOneOfAnAddressIsKept() {
        URI token = URI.create("https://last.example.com/token");
        assertNull(nonces.of(token));

        assertNotNull(nonces.note(token, "one"));
        assertNotNull(nonces.note(token, "two"));

        assertEquals("two", nonces.of(token));
    }

    @Test
    void otherAddressesOfTheServerUseTheLastOneOfAny() {
        nonces.note(URI.create("https://any.example.com/token"), "of-token");
        nonces.note(URI.create("https://any.example.com/userinfo"), "of-userinfo");

        assertEquals("of-token", nonces.of(URI.create("https://any.example.com/token?x=y")));
        assertEquals("of-userinfo", nonces.of(URI.create("https://ANY.example.com/par")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://strict.example.com:444/token",
                "http://strict.example.com/token",
                "https://strict.example.org/token"
            })
    void otherServersDoNot(String address) {
        nonces.note(URI.create("https://strict.example.com/token"), "for-me");

        assertNull(nonces.of(URI.create(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\"", "a\\", "a\nb", "a\rb", "\u0000", "caf\u00e9", "\u007f"})
    void whatCannotGoIntoAProofIsNotNoted(String nonce) {
        URI address = URI.create("https://unusable.example.com/token");
        assertNull(nonces.note(address, nonce));
        assertNull(nonces.of(address));
    }

    @Test
    void norIsAnEndlessOne() {
        URI address = URI.create("https://endless.example.com/token");
        assertNull(nonces.note(address, "n".repeat(1025)));
        assertNotNull(nonces.note(address, "n".repeat(1024)));
    }

    @Test
    void theyAreBoundedAndThoseNotUsedForLongestGo() {
        URI used = URI.create("https://used.example.com/token");
        URI idle = URI.create("https://idle.example.com/token");
        nonces.note(used, "used");
        nonces.note(idle, "idle");

        for (int i = 0; i < 1000; i++) {
            nonces.note(URI.create("https://api-" + i + ".example.com/"), "n");
            assertEquals("used", nonces.of(used));
        }

        assertNull(nonces.of(idle));
        assertNull(nonces.of(URI.create("https://api-0.example.com/")));
    }

    /** Their addresses may be without number, and must not push each other out. */
    @Test
    void anApiHasOneForItsWholeServer() {
        DpopNonces ofApis = DpopNonces.ofApis();
        ofApis.note(URI.create("https://kept.example.com/accounts/1"), "kept");

        for (int i = 0; i < 1000; i++) {
            ofApis.note(URI.create("https://api.example.com/accounts/" + i), "n" + i);
        }

        assertEquals("n999", ofApis.of(URI.create("https://api.example.com/accounts/1")));
        assertEquals("kept", ofApis.of(URI.create("https://kept.example.com/accounts/2")));
    }
}
