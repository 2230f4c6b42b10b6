package io.github.pkceauth.benchmarks.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What was measured, and the Markdown table of it: medians, the least and the most, and the ratio to bare. */
final class Figures {

    private static final String BARE = "bare";

    private final Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();
    private final Set<String> columns = new LinkedHashSet<>();

    /** One more figure. */
    void add(String measure, String contestant, double value) {
        columns.add(contestant);
        rows.computeIfAbsent(measure, any -> new LinkedHashMap<>())
                .computeIfAbsent(contestant, any -> new ArrayList<>())
                .add(value);
    }

    String table() {
        StringBuilder table = new StringBuilder("| |");
        columns.forEach(column -> table.append(' ').append(column).append(" |"));
        table.append("\n| --- |").append(" --- |".repeat(columns.size())).append('\n');
        rows.forEach((measure, cells) -> {
            table.append("| ").append(measure).append(" |");
            for (String column : columns) {
                table.append(' ').append(cell(cells, column)).append(" |");
            }
            table.append('\n');
        });
        return table.toString();
    }

    private static String cell(Map<String, List<Double>> cells, String column) {
        List<Double> values = cells.get(column);
        if (values == null) {
            return "–";
        }
        double median = median(values);
        String text = shown(median);
        if (values.size() > 1) {
            text += " (" + shown(Collections.min(values)) + "–" + shown(Collections.max(values)) + ")";
        }
        List<Double> bare = cells.get(BARE);
        if (bare != null && !column.equals(BARE) && median(bare) > 0) {
            text += " ×" + String.format(Locale.ROOT, "%.2f", median / median(bare));
        }
        return text;
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String shown(double value) {
        return value >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
