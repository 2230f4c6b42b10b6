package io.github.pkceauth.benchmarks.pkce;

import io.github.pkceauth.benchmarks.hotpath.Rehearsal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured is what it is called. */
class RehearsalTest {

    @Test
    void everyBenchmarkDoesWhatItsNameSays() throws Exception {
        Rehearsal.run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"roleRules", "stepUp"})
    void pagesWithARuleAreShownToWhoMeetsIt(String parameter) throws Exception {
        Rehearsal.rules(parameter);
    }
}
