package io.github.pkceauth.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An endpoint whose answer is a JSON object that can be bent member by member. */
public final class JsonEndpoint extends EndpointScript<JsonEndpoint> {
    private final List<Consumer<Map<String, @Nullable Object>>> bends = new CopyOnWriteArrayList<>();

    JsonEndpoint() {}

    /** Adds or replaces a member; null becomes JSON's null. */
    public JsonEndpoint with(String name, @Nullable Object value) {
        bends.add(members -> members.put(name, value));
        return this;
    }

    /** Leaves members out. */
    public JsonEndpoint without(String... names) {
        bends.add(members -> members.keySet().removeAll(List.of(names)));
        return this;
    }

    /** Answers 200 with this text as JSON, whatever it is. */
    public JsonEndpoint answersJson(String body) {
        return answers(200, "application/json", body);
    }

    @Override
    public JsonEndpoint behaves() {
        bends.clear();
        return super.behaves();
    }

    Map<String, @Nullable Object> bent(Map<String, ?> honest) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(honest);
        bends.forEach(bend -> bend.accept(members));
        return members;
    }

    @Override
    JsonEndpoint self() {
        return this;
    }
}
