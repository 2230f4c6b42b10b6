package io.github.pkceauth.doctor;

import io.github.pkceauth.config.Config;
import io.github.pkceauth.config.ConfigReader;
import io.github.pkceauth.config.ConfigurationException;
import io.github.pkceauth.config.Deployment;
import io.github.pkceauth.config.Source;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The doctor's command line, from its arguments to its exit code. */
public final class Command {

    private Command() {}

    /**
     * Examines a deployment and writes what it finds.
     *
     * @param words the arguments
     * @param outside the places outside the application that parameters come from, the first to be asked first
     * @param out takes the report
     * @param err takes what stands in the way of one, unless machines read
     * @return the exit code
     */
    public static int run(List<String> words, List<Source> outside, PrintStream out, PrintStream err) {
        try {
            Arguments arguments = Arguments.of(words);
            if (arguments.help()) {
                out.print(Arguments.USAGE);
                return Report.FINE;
            }
            return examine(arguments, outside, out, err);
        } catch (Unusable e) {
            return refuse(
                    Report.unusable(Deployment.UNNAMED, Code.COMMAND_LINE_INVALID, List.of(message(e))),
                    message(e),
                    words.contains(Arguments.JSON),
                    out,
                    err);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static int examine(Arguments arguments, List<Source> outside, PrintStream out, PrintStream err)
            throws Unusable {
        Deployment deployment = Deployed.as(arguments, outside);
        try {
            ConfigReader.Reading reading = ConfigReader.readFromOutside(deployment);
            Report report = report(deployment, reading);
            out.print(arguments.json() ? JsonReport.of(report) : TextReport.of(report, clientOf(reading.config())));
            return report.exit();
        } catch (ConfigurationException e) {
            return refuse(
                    Report.unusable(deployment.filterName(), Code.CONFIGURATION_INVALID, e.problems()),
                    message(e),
                    arguments.json(),
                    out,
                    err);
        }
    }

    private static Report report(Deployment deployment, ConfigReader.Reading reading) {
        Config config = reading.config();
        Findings findings = new Findings(config.client().secret());
        findings.add(Code.CONFIGURATION_READ, reading.origins());
        reading.warnings()
                .forEach(warning -> findings.add(
                        Code.CONFIGURATION_WARNING, warning, "change it, or leave it where it is meant so"));
        Case examined = Case.of(config, InstantSource.system());
        for (Check check : Check.ALL) {
            check.look(examined, findings);
        }
        Map<String, Object> register = new Registration(examined).members();
        return Report.of(deployment.filterName(), config.provider().issuer(), findings.all(), register);
    }

    private static String clientOf(Config config) {
        return config.client().id();
    }

    private static int refuse(Report report, String text, boolean json, PrintStream out, PrintStream err) {
        if (json) {
            out.print(JsonReport.of(report));
        } else {
            err.println(text);
        }
        return report.exit();
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
