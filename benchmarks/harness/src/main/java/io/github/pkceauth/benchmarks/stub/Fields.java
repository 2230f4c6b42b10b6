package io.github.pkceauth.benchmarks.stub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Headers or attributes of one message, kept as containers keep them: in room that is there already, names compared
 * without regard to case. So that no contestant pays for a hash map that no container makes.
 */
final class Fields<V> {

    private static final int ROOM = 16;

    private @Nullable String[] names = new @Nullable String[ROOM];
    private @Nullable Object[] values = new @Nullable Object[ROOM];
    private int size;

    @SuppressWarnings("unchecked") // put() lets nothing else in
    @Nullable
    V get(String name) {
        int index = indexOf(name);
        return index < 0 ? null : (V) values[index];
    }

    boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /** Puts a value in the place of any other of that name; null takes it away. */
    void put(String name, @Nullable V value) {
        int index = indexOf(name);
        if (value == null) {
            if (index >= 0) {
                size--;
                names[index] = names[size];
                values[index] = values[size];
            }
            return;
        }
        if (index < 0) {
            if (size == names.length) {
                names = Arrays.copyOf(names, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            index = size++;
            names[index] = name;
        }
        values[index] = value;
    }

    /** A copy of the names. */
    List<String> names() {
        List<String> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(String.valueOf(names[i]));
        }
        return all;
    }

    private int indexOf(String name) {
        for (int i = 0; i < size; i++) {
            if (name.equalsIgnoreCase(names[i])) {
                return i;
            }
        }
        return -1;
    }
}
