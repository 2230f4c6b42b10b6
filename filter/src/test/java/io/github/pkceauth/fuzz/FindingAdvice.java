package io.github.pkceauth.fuzz;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Says with a finding where its input lies, and how it becomes a seed. */
final class FindingAdvice implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable finding) throws Throwable {
        List<Path> inputs = inputsOfThisRun();
        if (inputs.isEmpty()) {
            throw finding; // a seed that was replayed, which the test's name tells
        }
        Class<?> test = context.getRequiredTestClass();
        String seeds = "src/test/resources/" + test.getPackageName().replace('.', '/') + "/" + test.getSimpleName()
                + "Inputs/" + context.getRequiredTestMethod().getName() + "/";
        throw new AssertionError(
                finding.getMessage() + "\nThe input lies in " + inputs + "\nTo replay it in every build, copy it to "
                        + seeds + " under a name that says what it is",
                finding);
    }

    /** What libFuzzer has stopped at it leaves in the working directory, under names of its own. */
    private static List<Path> inputsOfThisRun() throws IOException {
        long start = ManagementFactory.getRuntimeMXBean().getStartTime();
        try (Stream<Path> files = Files.list(Path.of("").toAbsolutePath())) {
            return files.filter(file -> file.getFileName().toString().matches("(?:crash|timeout|oom)-\\p{XDigit}+"))
                    .filter(file -> file.toFile().lastModified() >= start)
                    .toList();
        }
    }
}
