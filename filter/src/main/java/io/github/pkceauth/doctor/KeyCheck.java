package io.github.pkceauth.doctor;

import io.github.pkceauth.oidc.KeySetFacts;
import io.github.pkceauth.oidc.KeySetFacts.Published;
import io.github.pkceauth.oidc.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether tokens can be verified with the provider's keys. */
final class KeyCheck implements Check {

    /** Whatever else is in a set is not told one by one. */
    private static final int MOST = 5;

    @Override
    public void look(Case examined, Findings findings) {
        if (!examined.needsKeys()) {
            findings.add(Code.KEYS_NOT_NEEDED, "no token is verified with the provider's keys");
        }
        examined.keys().filter(set -> set.call().mishap().isEmpty()).ifPresent(set -> look(set, examined, findings));
    }

    private static void look(KeySetFacts set, Case examined, Findings findings) {
        List<Published> usable =
                set.keys().stream().filter(key -> key.refusal().isEmpty()).toList();
        set.keys().stream()
                .filter(key -> key.refusal().isPresent() && !key.isForEncryption())
                .limit(MOST)
                .forEach(key -> findings.add(
                        Code.KEY_UNUSABLE,
                        "the " + key.type() + " key " + named(key) + " is left out: "
                                + key.refusal().orElseThrow(),
                        "have the provider replace it, if it signs tokens with it"));
        Set<String> verified = new TreeSet<>();
        usable.forEach(key -> verified.addAll(key.algorithms()));
        Set<String> without = new TreeSet<>(examined.idTokenAlgorithms());
        without.removeAll(verified);
        boolean none = !examined.idTokenAlgorithms().isEmpty()
                && without.size() == examined.idTokenAlgorithms().size();
        if (usable.isEmpty() || (examined.config().client().usesOpenId() && none)) {
            findings.add(
                    Code.KEYS_MISSING,
                    Printable.of(set.call().address()) + " has no usable key for "
                            + Announced.shown(examined.idTokenAlgorithms())
                            + (usable.isEmpty() ? "" : "; its keys are for " + Announced.shown(verified)),
                    "check idTokenSignedResponseAlg and the client's registration, and the keys at the provider");
            return;
        }
        findings.add(
                Code.KEYS_READ,
                (usable.size() == 1 ? "one key" : usable.size() + " keys") + " that can be used: " + told(usable));
        addNameless(usable, findings);
        if (examined.config().client().usesOpenId() && !without.isEmpty()) {
            findings.add(
                    Code.ALGORITHM_WITHOUT_KEY,
                    "the provider announces ID tokens signed by " + Announced.shown(without)
                            + ", and has no key for it",
                    "nothing, as long as the client is registered for another; it could be named in"
                            + " idTokenSignedResponseAlg");
        }
    }

    private static void addNameless(List<Published> usable, Findings findings) {
        Map<String, Long> counts = usable.stream()
                .flatMap(key -> key.id().stream())
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        List<String> twice = counts.entrySet().stream()
                .filter(count -> count.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        if (!twice.isEmpty()) {
            findings.add(
                    Code.KEY_ID_DUPLICATE,
                    "several keys have the kid " + Announced.shown(twice),
                    "have the provider give each key a name of its own");
        }
        if (usable.size() > 1 && usable.stream().anyMatch(key -> key.id().isEmpty())) {
            findings.add(
                    Code.KEY_ID_MISSING,
                    "there are " + usable.size()
                            + " keys, and not all have a kid: tokens are tried with each that fits",
                    "have the provider give each key a name");
        }
    }

    private static String told(List<Published> keys) {
        List<String> told = new ArrayList<>();
        keys.stream().limit(MOST).forEach(key -> told.add(named(key) + " (" + Announced.shown(key.algorithms()) + ")"));
        return String.join(", ", told) + (keys.size() > MOST ? " and " + (keys.size() - MOST) + " more" : "");
    }

    private static String named(Published key) {
        return key.id().map(id -> "'" + id + "'").orElse("without kid");
    }
}
