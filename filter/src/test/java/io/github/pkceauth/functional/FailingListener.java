package io.github.pkceauth.functional;

import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.api.LoginListener;

/** An application's listener that never works. */
public final class FailingListener implements LoginListener {

    /** Made by the platform's ServiceLoader. */
    public FailingListener() {}

    @Override
    public void happened(LoginEvent event) {
        throw new IllegalStateException("the audit log is full");
    }
}
