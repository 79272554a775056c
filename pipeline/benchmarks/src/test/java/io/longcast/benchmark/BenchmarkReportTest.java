package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longcast.testing.ReportFrame;
import io.longcast.window.WindowSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchmarkReportTest {
  @Test
  void makesNamesOfFiguresPlainAndKeepsNamesOfMethods() {
    BenchmarkReport report =
        BenchmarkReport.of(
            "some-logs",
            Map.of("My-System (2k)", .5, "f1", .25),
            Map.of("2-gram + length", Map.of("hit@1", 1.)),
            new WindowSpec(48, 24, 1),
            1.5);
    JsonNode json = ReportFrame.require(report.json());
    assertThat(json.at("/metrics/My_System_2k").asDouble()).isEqualTo(.5);
    assertThat(json.at("/baselines/2-gram + length/hit_1").asDouble()).isEqualTo(1);
    assertThat(json.at("/settings/contextLength").asText()).isEqualTo("48");
  }

  @Test
  void writesAFigureWithoutDataAsNull() {
    BenchmarkReport report =
        BenchmarkReport.of(
            "empty", Map.of("mase", Double.NaN), Map.of(), new WindowSpec(48, 24, 1), 0);
    assertThat(report.json()).contains("\"mase\": null");
  }
}
