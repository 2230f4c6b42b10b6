package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

    @Test
    void aFormIsEncodedAndInOrder() {
        Parameters parameters = new Parameters()
                .add("b", "2")
                .add("a b", "a:b%+ü&=/?")
                .addIfPresent("missing", null)
                .addIfPresent("empty", "")
                .addAll(List.of(Map.entry("b", "3")));

        assertEquals("b=2&a+b=a%3Ab%25%2B%C3%BC%26%3D%2F%3F&empty=&b=3", parameters.asForm());
    }

    @Test
    void noParametersAreAnEmptyForm() {
        assertEquals("", new Parameters().asForm());
    }

    /** RFC 6749 section 3.1: a query that the address has must be kept. */
    @ParameterizedTest
    @CsvSource({
        "https://x.example/a, https://x.example/a?p=1%202%2B3",
        "https://x.example, https://x.example?p=1%202%2B3",
        "https://x.example/a?own=1, https://x.example/a?own=1&p=1%202%2B3",
        "https://x.example/a?, https://x.example/a?p=1%202%2B3",
        "https://x.example/a?own=1&, https://x.example/a?own=1&p=1%202%2B3",
        "https://x.example/a?own=%20+, https://x.example/a?own=%20+&p=1%202%2B3",
        "https://x.example/a&, https://x.example/a&?p=1%202%2B3"
    })
    void anAddressKeepsItsOwnQuery(String address, String expected) {
        assertEquals(expected, new Parameters().add("p", "1 2+3").appendedTo(address));
    }
}
