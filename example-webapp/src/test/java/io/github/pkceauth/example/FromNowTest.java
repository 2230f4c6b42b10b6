package io.github.pkceauth.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FromNowTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S,in 0 s",
        "PT59.9S,in 59 s",
        "PT1M,in 1 min 0 s",
        "PT4M32S,in 4 min 32 s",
        "PT2H5M7S,in 2 h 5 min",
        "PT50H,in 50 h 0 min",
        "PT-1S,1 s ago",
        "PT-3M-4S,3 min 4 s ago"
    })
    void theTwoLargestUnitsAreEnough(Duration until, String words) {
        assertEquals(words, FromNow.say(until));
    }
}
