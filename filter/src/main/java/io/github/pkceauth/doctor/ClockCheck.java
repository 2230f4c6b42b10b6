package io.github.pkceauth.doctor;

import io.github.pkceauth.oidc.CallFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether both machines' clocks agree, by which tokens are issued here and expire there. */
final class ClockCheck implements Check {

    private static final Duration FEW_SECONDS = Duration.ofSeconds(5);

    @Override
    public void look(Case examined, Findings findings) {
        List<CallFacts> answered = examined.calls().stream()
                .filter(call -> call.clock().isPresent() || call.mishap().isEmpty())
                .toList();
        if (answered.isEmpty()) {
            return;
        }
        // The last call is the token endpoint's, which no cache answers.
        Optional<CallFacts> told =
                answered.stream().filter(call -> call.clock().isPresent()).reduce((earlier, later) -> later);
        if (told.isEmpty()) {
            findings.add(
                    Code.CLOCK_UNKNOWN,
                    "no answer of the provider has a header Date that can be read",
                    "compare the clocks yourself: tokens are refused that are off by more than clockSkew, "
                            + examined.config().limits().skew());
            return;
        }
        compare(told.get(), told.get().clock().orElseThrow().ahead(), examined, findings);
    }

    private static void compare(CallFacts call, Duration ahead, Case examined, Findings findings) {
        Duration skew = examined.config().limits().skew();
        String who = "the clock of " + call.address().getRawAuthority();
        String how = who + " is " + spoken(ahead.abs())
                + (ahead.isNegative() ? " behind this machine's" : " ahead of this machine's");
        if (ahead.abs().compareTo(skew) > 0) {
            findings.add(
                    Code.CLOCK_BEYOND_SKEW,
                    how + ", and clockSkew is " + skew,
                    "have both machines set their clocks by NTP; clockSkew is for small differences");
        } else if (ahead.abs().compareTo(FEW_SECONDS) > 0) {
            findings.add(Code.CLOCK_DIFFERS, how, "have both machines set their clocks by NTP");
        } else {
            findings.add(Code.CLOCK, who + " and this machine's agree");
        }
    }

    private static String spoken(Duration difference) {
        return difference.toSeconds() < Duration.ofHours(1).toSeconds()
                ? difference.toSeconds() + " seconds"
                : difference.toHours() < Duration.ofDays(2).toHours()
                        ? difference.toMinutes() + " minutes"
                        : difference.toDays() + " days";
    }
}
