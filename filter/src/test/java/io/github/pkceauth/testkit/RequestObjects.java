package io.github.pkceauth.testkit;

import java.util.List;
import java.util.Map;

/** Whether an honest provider takes signed authorization requests, RFC 9101, and of which keys. Thread-safe. */
final class RequestObjects {
    volatile boolean taken;
    volatile boolean required;
    volatile List<Map<String, Object>> ownKeys = List.of();
}
