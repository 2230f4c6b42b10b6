package io.github.pkceauth.testkit;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** The requests that have come, in order of arrival. Thread-safe. */
final class RequestLog {
    private final Queue<RecordedRequest> requests = new ConcurrentLinkedQueue<>();

    void add(RecordedRequest request) {
        requests.add(request);
    }

    List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    List<RecordedRequest> where(Predicate<RecordedRequest> condition) {
        return requests.stream().filter(condition).toList();
    }

    List<RecordedRequest> to(String path) {
        return where(request -> request.path().equals(path));
    }

    RecordedRequest only(String path) {
        List<RecordedRequest> found = to(path);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " requests to " + path + ": " + found);
        }
        return found.get(0);
    }

    RecordedRequest last(String path) {
        return last(request -> request.path().equals(path), "No request to " + path);
    }

    RecordedRequest last(Predicate<RecordedRequest> condition, String otherwise) {
        List<RecordedRequest> found = where(condition);
        if (found.isEmpty()) {
            throw new AssertionError(otherwise + " among " + all());
        }
        return found.get(found.size() - 1);
    }
}
