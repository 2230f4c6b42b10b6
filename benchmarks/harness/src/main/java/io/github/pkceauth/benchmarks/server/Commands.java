package io.github.pkceauth.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The inner side of a {@link Child}: says on standard output that it is ready, answers a line for a line, and ends at once
 * when its standard input ends, so that nothing outlives the program that has started it.
 */
final class Commands {

    static final String READY = "ready ";

    private final PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** What a command is answered with. */
    interface Answers {
        String to(String[] command) throws Exception;
    }

    /** Says where it is, and answers until there is nobody who could ask. */
    void serve(String where, Answers toCommands) {
        answers.println(READY + where);
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                answers.println(answer(line, toCommands));
            }
        } catch (IOException e) {
            // As good as the end of it.
        }
        Runtime.getRuntime().halt(0);
    }

    private static String answer(String line, Answers toCommands) {
        try {
            return toCommands.to(line.split(" ", -1));
        } catch (Exception e) {
            return "failed: " + e;
        }
    }
}
