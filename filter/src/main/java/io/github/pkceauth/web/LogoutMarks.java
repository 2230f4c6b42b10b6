package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.Login;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where {@link EndedLogins} keeps its marks, which every request of a signed-in user asks for. Safe for several threads. */
interface LogoutMarks {

    /**
     * What a mark is on. The word comes before the name in stores of all nodes, up to the first space, as users may
     * choose what comes behind it; nodes of different versions must agree on it.
     */
    enum Kind {
        /** One login, by its id. */
        LOGIN("login"),
        /** A session at the provider. */
        SID("sid"),
        /** All logins of a subject. */
        SUBJECT("sub"),
        /** Those logins of a subject that do not know their session at the provider. */
        SUBJECT_WITHOUT_SID("sub-without-sid");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String of(String name) {
            return word + " " + name;
        }
    }

    /** All marks that are on a login, in no order. */
    Collection<String> on(Login login) throws AuthFailure;

    /** One mark. */
    Optional<String> get(Kind kind, String name) throws AuthFailure;

    /** Puts a mark in the place of any other. */
    void put(Kind kind, String name, String mark, Duration timeToLive) throws AuthFailure;

    /** Whether it was this call that put it, of all on all nodes. */
    boolean putIfAbsent(Kind kind, String name, String mark, Duration timeToLive) throws AuthFailure;

    /** The mark by which a login ends with its session at the provider, or without one with any of its user's. */
    static Kind ofSession(Login login) {
        return login.user().sid() == null ? Kind.SUBJECT_WITHOUT_SID : Kind.SID;
    }

    /** The name that goes with {@link #ofSession}. */
    static String session(Login login) {
        @Nullable String sid = login.user().sid();
        return sid == null ? login.user().subject() : sid;
    }
}
