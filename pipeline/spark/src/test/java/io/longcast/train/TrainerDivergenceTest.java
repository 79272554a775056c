package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.series.Segment;
import io.longcast.testing.SharedSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Failed rounds, early stopping, and how they are reported. */
class TrainerDivergenceTest {
  private static final List<Segment> SERIES = SegmentShards.segments(6, 1);

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
  }

  private static Trainer trainer(TrainingSpec spec) {
    return new Trainer(spark(), SegmentShards.factory(), spec, TrainingProgress.silent());
  }

  private static TrainingResult fit(TrainingSpec spec) {
    return trainer(spec).fit(SegmentShards.data(spark(), SERIES, spec.shards()));
  }

  @Test
  void anOutlierWindowIsNamedAndLeftOut() {
    List<Segment> series = new ArrayList<>(SERIES);
    float[] values = SERIES.get(3).row(0).toFloats();
    values[30] = 1e30f;
    series.set(3, SegmentShards.segment("broken", values));
    TrainingSpec spec = SegmentShards.spec(2, 5, 60);
    List<String> lines = new ArrayList<>();
    TrainingProgress progress =
        new TrainingProgress() {
          @Override
          public void round(RoundRecord record, long stepsInAll) {}

          @Override
          public void event(String line) {
            lines.add(line);
          }
        };
    TrainingSpec lenient =
        TrainingSpecs.withDivergence(spec, new DivergenceSpec(1e6, 1000, 1e6, 0.5, 0.1, 60, false));

    TrainingResult result =
        new Trainer(spark(), SegmentShards.factory(), lenient, progress)
            .fit(SegmentShards.data(spark(), series, 2));

    assertThat(lines.get(0))
        .contains("shard 1", "broken, channel 0, origin", "= 1.0E30", "windows excluded");
    assertThat(lines.get(0)).containsPattern("(context value|target step) \\d+");
    assertThat(result.recoveries())
        .extracting(TrainingRecovery::toString)
        .isEqualTo(lines)
        .allMatch(line -> line.contains("broken"));
    assertThat(result.validationLoss()).isLessThan(1);
  }

  @Test
  void stopsWithTheDiagnosisWhereNothingHelps() {
    TrainingSpec spec =
        TrainingSpecs.withDivergence(
            SegmentShards.spec(2, 5, 60), new DivergenceSpec(1e-9, 1000, 1e6, 0.5, 0.1, 2, false));

    assertThatThrownBy(() -> fit(spec))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("round 1 failed: shard 0, step 1: gradient norm of")
        .hasMessageContaining("gradients clipped to 0.1 of model.updater.gradientNorm")
        .hasMessageContaining("Recoveries tried before (2 allowed");
  }

  @Test
  void keepsTheBestWeightsAndStopsEarly() {
    TrainingSpec spec =
        TrainingSpecs.keepingBest(
            TrainingSpecs.change(
                SegmentShards.spec(2, 5, 2000),
                new RateSpec(0.3, RateSpec.Curve.CONSTANT, 0, 1, 1)),
            3);

    TrainingResult result = fit(spec);

    assertThat(result.steps()).isLessThan(2000);
    double best =
        result.history().stream().mapToDouble(RoundRecord::validationLoss).min().orElseThrow();
    assertThat(result.validationLoss()).isEqualTo(best);
    int rounds = result.history().size();
    assertThat(result.history().get(rounds - 4).validationLoss()).isEqualTo(best);
  }
}
