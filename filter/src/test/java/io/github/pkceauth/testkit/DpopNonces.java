package io.github.pkceauth.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** The nonces that one kind of server has given out for DPoP proofs: the last two are good. Thread-safe. */
final class DpopNonces {
    private final Deque<String> good = new ArrayDeque<>();
    private final Supplier<String> fresh;

    DpopNonces(Supplier<String> fresh) {
        this.fresh = fresh;
    }

    synchronized boolean isGood(String nonce) {
        return good.contains(nonce);
    }

    /** The one that was given out last. */
    synchronized String last() {
        String last = good.peekLast();
        return last == null ? next() : last;
    }

    /** A new one, by which the last but one is no good any more. */
    synchronized String next() {
        String next = fresh.get();
        good.addLast(next);
        if (good.size() > 2) {
            good.removeFirst();
        }
        return next;
    }

    synchronized void forget() {
        good.clear();
    }
}
