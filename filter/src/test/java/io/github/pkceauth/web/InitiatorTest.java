package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.config.Forwarding;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the log says of who sent a request; what follows from it is tested where it is refused. */
class InitiatorTest {

    private final Initiator initiator =
            new Initiator(new PublicUrl(Optional.empty(), Forwarding.NONE, false, "/callback"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Origin         | null                   | the origin 'null'",
                "Origin         | https://evil.example   | the origin 'https://evil.example'",
                "Sec-Fetch-Site | cross-site             | a page that the browser calls 'cross-site'",
                "Referer        | https://evil.example/x | a page of another origin, as its Referer says",
                "X-Other        | y                      | somewhere, without a header Origin, Sec-Fetch-Site or Referer to tell where"
            })
    void theSenderIsDescribedByTheHeaderThatCame(String header, String value, String sender) {
        String described =
                initiator.described(Requests.of("POST").header(header, value).request());

        assertTrue(described.startsWith(sender + ", and this application is https://app.example;"), described);
    }

    @ParameterizedTest
    @CsvSource({"Origin, 'https://app.example', true", "Origin, null, false", "Referer, 'https://app.example/x', true"})
    void itIsTheApplicationsOwnByTheSameHeader(String header, String value, boolean own) {
        assertEquals(
                own, initiator.isOwn(Requests.of("POST").header(header, value).request()));
    }
}
