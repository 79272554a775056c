package io.longcast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longcast.bench.KernelContestant.Speed;
import io.longcast.benchmark.BudgetBenchmark;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.generate.SampleKind;
import io.longcast.testing.ReportFrame;
import io.longcast.testing.SharedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every command of {@code bench} writes its figures in the frame of the benchmarks. */
@Tag("long")
class BenchResultTest {
  private static RunSpec run(String... words) {
    return RunFile.read(Optional.empty(), List.of(words)).spec();
  }

  @Test
  void anomaly() {
    RunSpec run = run("anomaly.stride=24", "model.hiddenSize=4");
    AnomalyBenchSpec small = new AnomalyBenchSpec(1000, 1, 4, Optional.of("/nowhere.jar"));
    BenchResult result = new AnomalyBench(small, run.anomaly(), run.model()).run();
    JsonNode report = ReportFrame.require(result.report().json());
    assertThat(report.at("/metrics/microseconds_a_point").asDouble()).isPositive();
    assertThat(report.at("/settings/points").asText()).isEqualTo("1000");
  }

  @Test
  void readsTheFiguresOfTheForest() {
    List<String> said =
        List.of("Random Cut Forest, shingle 8     77.13 us a point     202112 bytes of state");
    assertThat(ForestProcess.figures(said).get("Random Cut Forest, shingle 8"))
        .containsEntry("microseconds_a_point", 77.13)
        .containsEntry("state_bytes", 202112.0);
  }

  @Test
  void fleet() {
    FleetBenchSpec small = new FleetBenchSpec(10, 1000, false);
    BenchResult result =
        new FleetBench(
                SharedSession.get(), small, run("anomaly.stride=24").anomaly(), run().clean())
            .run();
    JsonNode report = ReportFrame.require(result.report().json());
    assertThat(report.at("/metrics/points_per_second_per_core").asDouble()).isPositive();
    assertThat(result.lines()).hasSize(2);
  }

  @Test
  void budget() {
    RunSpec run = run();
    BudgetBenchmark.Data fleet =
        GeneratedFleet.normal(SharedSession.get(), run.generate(), SampleKind.SENSORS, 2, 800);
    List<BudgetBenchmark.Row> rows = new BudgetBenchmark(run.anomaly()).rows(fleet);
    assertThat(rows).hasSize(5);
    assertThat(rows.get(0).figures().keySet()).anyMatch(name -> name.endsWith("0.1 start"));
  }

  @Test
  void kernels() {
    KernelBenchSpec spec = run().section(BenchSpec.class).kernels();
    List<String> told = new ArrayList<>();
    KernelBench bench = new KernelBench(spec, told::add);
    KernelTurns turns = new KernelTurns();
    for (KernelSide side : List.of(KernelSide.SGEMM, KernelSide.ENGINE, KernelSide.DL4J)) {
      turns.add(side.label, new Speed(100 + side.ordinal(), 90));
    }
    bench.keep(new KernelTable("W1 lstm training", 1e-3, turns));
    JsonNode report = ReportFrame.require(bench.result(1.5).report().json());
    assertThat(report.at("/metrics/W1_lstm_training_windows_per_second").asDouble()).isEqualTo(101);
    assertThat(report.at("/baselines/DL4J's layer/W1_lstm_training_ours_is_times").asDouble())
        .isEqualTo(101.0 / 104);
    assertThat(report.at("/baselines/sgemm/W1_lstm_training_gflops").asDouble()).isEqualTo(100);
  }
}
