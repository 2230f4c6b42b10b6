package io.github.pkceauth.testkit;

import java.io.IOException;
import java.util.Arrays;

/** Any number of letters, written without holding them all. */
final class Padding {
    private static final int BLOCK = 1 << 14;

    private Padding() {}

    static void write(long bytes, Fault.Transport line) throws IOException {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) 'a');
        for (long left = bytes; left > 0; left -= BLOCK) {
            line.write(left >= BLOCK ? block : Arrays.copyOf(block, (int) left));
        }
    }
}
