package io.github.pkceauth.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP address as a number of 128 bits. An IPv4 address is the IPv6 address that it is mapped to (RFC 4291 section
 * 2.5.5.2), since one machine may be seen as either. No name is ever looked up.
 *
 * @param high the first 64 bits
 * @param low the others
 */
public record IpAddress(long high, long low) {

    /** How many bits stand before an IPv4 address where it is mapped. */
    static final int MAPPED_BITS = 96;

    static final int BITS = 128;

    private static final int GROUPS = 8;
    private static final long MAPPED = 0xFFFFL << 32;
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

    /** Without leading zeros, which some read as octal numbers. */
    private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");

    /**
     * Reads an address in one of its usual forms, without brackets, port, zone or range.
     *
     * @param text anything
     * @return the address, or empty if it is none
     */
    public static Optional<IpAddress> parse(String text) {
        return Optional.ofNullable(text.indexOf(':') < 0 ? mapped(text) : ofGroups(text));
    }

    /** The address of which all but the first bits are zero. */
    IpAddress first(int bits) {
        long highMask = bits == 0 ? 0 : -1L << Math.max(0, Long.SIZE - bits);
        long lowMask = bits <= Long.SIZE ? 0 : -1L << (BITS - bits);
        return new IpAddress(high & highMask, low & lowMask);
    }

    private static @Nullable IpAddress mapped(String text) {
        String[] bytes = text.split("\\.", -1);
        long address = 0;
        for (String each : bytes) {
            int value = BYTE.matcher(each).matches() ? Integer.parseInt(each) : 256;
            if (value > 255) {
                return null;
            }
            address = address << 8 | value;
        }
        return bytes.length == 4 ? new IpAddress(0, MAPPED | address) : null;
    }

    private static @Nullable IpAddress ofGroups(String text) {
        int gap = text.indexOf("::");
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2), true);
        if (head == null || tail == null) {
            return null;
        }
        int missing = GROUPS - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return null;
        }
        List<Integer> all = new ArrayList<>(head);
        for (int i = 0; i < missing; i++) {
            all.add(0);
        }
        all.addAll(tail);
        return new IpAddress(number(all.subList(0, GROUPS / 2)), number(all.subList(GROUPS / 2, GROUPS)));
    }

    /** The groups of 16 bits, or null; the last ones may be written as an IPv4 address. */
    private static @Nullable List<Integer> groups(String text, boolean last) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (GROUP.matcher(parts[i]).matches()) {
                groups.add(Integer.parseInt(parts[i], 16));
                continue;
            }
            IpAddress embedded = last && i == parts.length - 1 ? mapped(parts[i]) : null;
            if (embedded == null) {
                return null;
            }
            groups.add((int) (embedded.low >>> 16 & 0xFFFF));
            groups.add((int) (embedded.low & 0xFFFF));
        }
        return groups;
    }

    private static long number(List<Integer> groups) {
        long number = 0;
        for (int group : groups) {
            number = number << 16 | group;
        }
        return number;
    }
}
