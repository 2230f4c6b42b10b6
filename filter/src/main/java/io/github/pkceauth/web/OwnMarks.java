package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.store.MemoryStore;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Marks in this server's own memory: to find that a login has none takes three look-ups, and makes nothing. */
final class OwnMarks implements LogoutMarks {

    private final Map<Kind, MemoryStore> stores = new EnumMap<>(Kind.class);
    private final String purpose;

    /**
     * No marks yet.
     *
     * @param purpose what is kept, in the plural, for messages
     * @param store makes the memory of each kind
     */
    OwnMarks(String purpose, Supplier<MemoryStore> store) {
        this.purpose = purpose;
        for (Kind kind : Kind.values()) {
            stores.put(kind, store.get());
        }
    }

    @Override
    public Collection<String> on(Login login) {
        @Nullable String ofLogin = of(Kind.LOGIN).get(login.id());
        @Nullable String ofSubject = of(Kind.SUBJECT).get(login.user().subject());
        @Nullable String ofSession = of(LogoutMarks.ofSession(login)).get(LogoutMarks.session(login));
        return ofLogin == null && ofSubject == null && ofSession == null
                ? List.of()
                : Stream.of(ofLogin, ofSubject, ofSession)
                        .filter(Objects::nonNull)
                        .toList();
    }

    @Override
    public Optional<String> get(Kind kind, String name) {
        return Optional.ofNullable(of(kind).get(name));
    }

    @Override
    public void put(Kind kind, String name, String mark, Duration timeToLive) throws AuthFailure {
        SharedState.asked(purpose, () -> {
            of(kind).put(name, mark, timeToLive);
            return true;
        });
    }

    @Override
    public boolean putIfAbsent(Kind kind, String name, String mark, Duration timeToLive) throws AuthFailure {
        return SharedState.asked(purpose, () -> of(kind).putIfAbsent(name, mark, timeToLive));
    }

    private MemoryStore of(Kind kind) {
        return Objects.requireNonNull(stores.get(kind));
    }
}
