package io.github.pkceauth.web;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a path, or one above it, is among given ones. What that costs depends on the path alone and not on how
 * many are given, and no part of it is copied to be looked up. Immutable.
 */
final class PathPrefixes {

    /** A hash table with open addressing, at the most half full. */
    private final @Nullable String[] table;

    /**
     * Takes the paths.
     *
     * @param paths the paths, each without a final slash
     */
    PathPrefixes(Set<String> paths) {
        table = new @Nullable String[4 * Integer.highestOneBit(Math.max(1, paths.size()))];
        for (String path : paths) {
            int slot = slot(path.hashCode());
            while (table[slot] != null) {
                slot = slot(slot + 1);
            }
            table[slot] = path;
        }
    }

    /** Whether a path, or one that it continues behind a slash, was given. */
    boolean contain(String path) {
        int hash = 0;
        for (int i = 0; i < path.length(); i++) {
            if (i > 0 && path.charAt(i) == '/' && contain(path, i, hash)) {
                return true;
            }
            hash = 31 * hash + path.charAt(i); // as String.hashCode() is specified
        }
        return contain(path, path.length(), hash);
    }

    private boolean contain(String path, int length, int hash) {
        int slot = slot(hash);
        for (String found = table[slot]; found != null; found = table[slot]) {
            if (found.length() == length && found.hashCode() == hash && path.startsWith(found)) {
                return true;
            }
            slot = slot(slot + 1);
        }
        return false;
    }

    private int slot(int hash) {
        return hash & (table.length - 1);
    }
}
