package io.github.pkceauth.benchmarks.pac4j;

import io.github.pkceauth.benchmarks.hotpath.Rehearsal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What is measured is what it is called. */
@EnabledIfSystemProperty(
        named = "tests.full",
        matches = ".*",
        disabledReason = "what others cost is rehearsed with -Dtests.full")
class RehearsalTest {

    @Test
    void everyBenchmarkDoesWhatItsNameSays() throws Exception {
        Rehearsal.run();
    }
}
