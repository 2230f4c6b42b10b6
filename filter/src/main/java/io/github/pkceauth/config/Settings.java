package io.github.pkceauth.config;

import io.github.pkceauth.oidc.Printable;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Which value each parameter has, out of the first place that has one. */
final class Settings {

    private final Map<Param, Setting> byParam = new EnumMap<>(Param.class);

    private Settings() {}

    static Settings read(Deployment deployment, Problems problems) {
        Settings settings = new Settings();
        for (Param param : Param.values()) {
            int rank = 0;
            for (Source source : deployment.sources()) {
                boolean own = true; // whose name comes first
                for (String name : source.kind().namesOf(param, deployment.filterName())) {
                    settings.readIfFirst(param, source, name, rank, own, problems);
                    own = false;
                }
                rank++;
            }
        }
        return settings;
    }

    Optional<Setting> get(Param param) {
        return Optional.ofNullable(byParam.get(param));
    }

    /** All parameters that are set, in the table's order. */
    Collection<Setting> all() {
        return byParam.values();
    }

    private void readIfFirst(Param param, Source source, String name, int rank, boolean own, Problems problems) {
        String fileName = name + source.kind().fileSuffix();
        String direct = source.values().get(name);
        String file = source.values().get(fileName);
        if (direct == null && file == null) {
            return;
        }
        String origin = source.kind().label() + " " + (direct == null ? fileName : name);
        if (direct != null && file != null) {
            problems.add(source.kind().label() + " " + name + " and " + fileName + " are both set: keep one");
        }
        if (byParam.containsKey(param)) {
            return;
        }
        boolean outside = source.kind().isOutside();
        if (direct != null) {
            put(new Setting(param, direct, origin, rank, outside, own), problems);
        } else if (file != null) {
            Setting named = new Setting(param, file, origin, rank, outside, own);
            try {
                put(named.with(contentOf(file.strip())), problems);
            } catch (BadValue e) {
                byParam.put(param, named);
                problems.add(origin + " names the file " + shown(param, file.strip()) + ", which " + e.getMessage());
            }
        }
    }

    /** Only a secret is taken to the letter; around other values white space is the file's layout. */
    private void put(Setting raw, Problems problems) {
        String value =
                Sensitivity.isSecret(raw.param()) ? raw.value() : raw.value().strip();
        byParam.put(raw.param(), raw.with(value));
        if (value.isBlank()) {
            problems.add(raw.param().parameter()
                    + " ("
                    + raw.origin()
                    + ") is empty: give it a value, or remove it altogether");
        }
    }

    /** A name that does not look like a path may be the secret itself, put in the wrong place. */
    private static String shown(Param param, String file) {
        return Sensitivity.isSecret(param) && !FileNames.isPath(file) ? "[hidden]" : "'" + Printable.of(file) + "'";
    }

    private static String contentOf(String file) throws BadValue {
        try {
            String content = Files.readString(Path.of(file), StandardCharsets.UTF_8);
            return content.endsWith("\r\n")
                    ? content.substring(0, content.length() - 2)
                    : content.endsWith("\n") ? content.substring(0, content.length() - 1) : content;
        } catch (NoSuchFileException e) {
            throw new BadValue("does not exist");
        } catch (MalformedInputException e) {
            throw new BadValue("is not UTF-8 text");
        } catch (IOException | InvalidPathException e) {
            throw new BadValue("cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
