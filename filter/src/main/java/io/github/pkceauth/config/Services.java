package io.github.pkceauth.config;

import io.github.pkceauth.api.LoginListener;
import io.github.pkceauth.api.SharedStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the application brings along for the filter. */
interface Services {

    List<LoginListener> listeners();

    Optional<SharedStore> sharedStore();

    SharedStore cache(String name, Duration longest) throws BadValue;
}
