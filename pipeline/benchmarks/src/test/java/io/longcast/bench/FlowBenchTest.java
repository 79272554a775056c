package io.longcast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.FaultReport;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.ReportFrame;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code bench} that run flows write their figures in the common frame. */
class FlowBenchTest {
  @Test
  void contamination() {
    FaultReport.Kind faults = new FaultReport.Kind("all", 40, 39, 2, 30, 27, 30, 35);
    List<ContaminationFlow.Outcome> outcomes =
        List.of(
            new ContaminationFlow.Outcome(0, .4, faults, .7),
            new ContaminationFlow.Outcome(.051, .5, faults, .3));
    RunSpec run = RunFile.read(Optional.empty(), List.of()).spec();
    BenchResult result = ContaminationFlow.result(outcomes, run.generate(), 3);
    JsonNode report = ReportFrame.require(result.report().json());
    assertThat(report.at("/metrics/faulty_51_hit_at_1").asDouble()).isEqualTo(.9);
    assertThat(result.lines()).hasSize(3);
  }

  @Test
  @Tag("long")
  void forecast(@TempDir Path output) {
    RunSpec run =
        RunFile.read(
                Optional.empty(),
                List.of(
                    "output.path=" + output,
                    "bench.forecast.series=20",
                    "bench.forecast.seconds=0.05"))
            .spec();
    BenchResult result =
        ThroughputFlow.run(SharedSession.get(), run, new StageClock(Progress.SILENT));
    JsonNode report = ReportFrame.require(result.report().json());
    assertThat(report.at("/metrics/parquet_to_parquet_again_series_per_second_per_core").asDouble())
        .isPositive();
  }
}
