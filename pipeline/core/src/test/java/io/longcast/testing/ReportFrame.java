package io.longcast.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** What every file of {@code --json} of {@code benchmark} and {@code bench} holds. */
public final class ReportFrame {
  private static final String PLAIN = "[A-Za-z0-9]+(_[A-Za-z0-9]+)*";

  private ReportFrame() {}

  /** Parses a report; its keys must be the frame's, names of figures plain, figures finite. */
  public static JsonNode require(String json) {
    JsonNode report = parse(json);
    List<String> keys = new ArrayList<>();
    report.fieldNames().forEachRemaining(keys::add);
    keys.remove("runs");
    assertThat(keys)
        .containsExactly("benchmark", "metrics", "baselines", "published", "settings", "seconds");
    assertThat(report.get("benchmark").asText()).matches("[a-z0-9-]+");
    assertThat(report.get("seconds").asDouble()).isNotNegative();
    requireFigures(report.get("metrics"));
    for (String rows : List.of("runs", "baselines", "published")) {
      if (report.has(rows)) {
        report.get(rows).forEach(ReportFrame::requireFigures);
      }
    }
    report.get("settings").forEach(setting -> assertThat(setting.isTextual()).isTrue());
    return report;
  }

  private static void requireFigures(JsonNode row) {
    row.properties()
        .forEach(
            figure -> {
              assertThat(figure.getKey()).matches(PLAIN);
              assertThat(figure.getValue().isNumber()).as(figure.toString()).isTrue();
              assertThat(figure.getValue().asDouble()).as(figure.toString()).isFinite();
            });
  }

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (java.io.IOException broken) {
      throw new AssertionError("not JSON: " + json, broken);
    }
  }
}
