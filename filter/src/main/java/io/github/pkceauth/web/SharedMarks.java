package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.Login;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Marks in the store that the nodes share, which is asked for all of a login's at once. */
final class SharedMarks implements LogoutMarks {

    private final SharedState state;

    SharedMarks(SharedState state) {
        this.state = state;
    }

    @Override
    public Collection<String> on(Login login) throws AuthFailure {
        return state.getAll(List.of(
                Kind.LOGIN.of(login.id()),
                Kind.SUBJECT.of(login.user().subject()),
                LogoutMarks.ofSession(login).of(LogoutMarks.session(login))));
    }

    @Override
    public Optional<String> get(Kind kind, String name) throws AuthFailure {
        return state.get(kind.of(name));
    }

    @Override
    public void put(Kind kind, String name, String mark, Duration timeToLive) throws AuthFailure {
        state.put(kind.of(name), mark, timeToLive);
    }

    @Override
    public boolean putIfAbsent(Kind kind, String name, String mark, Duration timeToLive) throws AuthFailure {
        return state.putIfAbsent(kind.of(name), mark, timeToLive);
    }
}
