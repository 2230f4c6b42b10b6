package io.github.pkceauth.benchmarks.spring;

import io.github.pkceauth.benchmarks.hotpath.Rehearsal;
import org.junit.jupiter.api.Test;

/** What is measured is what it is called. */
class RehearsalTest {

    @Test
    void everyBenchmarkDoesWhatItsNameSays() throws Exception {
        Rehearsal.run();
    }
}
