package io.github.pkceauth.doctor;

import io.github.pkceauth.oidc.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects findings. The client's secret is in none of them, not even where the provider wrote it into its metadata. */
final class Findings {

    /** A shorter one may be a part of ordinary words, and is no secret worth the name. */
    private static final int SHORTEST_SECRET = 8;

    private final List<Finding> all = new ArrayList<>();
    private final Optional<String> secret;

    Findings(Optional<Secret> secret) {
        this.secret = secret.map(Secret::reveal).filter(text -> text.length() >= SHORTEST_SECRET);
    }

    /** Adds what needs no mending. */
    void add(Code code, String message) {
        add(code, message, Optional.empty());
    }

    /** Adds what needs mending, and how. */
    void add(Code code, String message, String mend) {
        add(code, message, Optional.of(mend));
    }

    private void add(Code code, String message, Optional<String> mend) {
        if (mend.isPresent() == (code.level() == Level.OK)) {
            throw new IllegalArgumentException(
                    code + " is " + code.level() + ": a mend belongs to what is wrong alone");
        }
        all.add(new Finding(code, withoutSecret(message), mend.map(this::withoutSecret)));
    }

    private String withoutSecret(String text) {
        return secret.map(hidden -> text.replace(hidden, "[hidden]")).orElse(text);
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
