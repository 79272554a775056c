package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.series.Segment;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of a run, and going on from them. */
class TrainerResumeTest {
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
  void resumesToTheBitsOfTheUndisturbedRun(@TempDir Path folder) {
    TrainingSpec plain =
        TrainingSpecs.change(
            SegmentShards.spec(2, 2, 40),
            new AveragingSpec(AveragingSpec.UpdaterState.KEPT, 3, 0.9, 0.2));
    TrainingSpec saved = TrainingSpecs.saving(plain, folder, 3);
    TrainingResult whole = fit(plain);
    Trainer dying =
        new Trainer(
            spark(),
            SegmentShards.factory(),
            saved,
            (record, all) -> {
              if (record.round() == 11) {
                throw new IllegalStateException("the driver dies");
              }
            });

    assertThatThrownBy(() -> dying.fit(SegmentShards.data(spark(), SERIES, 2)))
        .hasMessage("the driver dies");
    List<Long> rounds = new ArrayList<>();
    TrainingResult resumed =
        new Trainer(
                spark(),
                SegmentShards.factory(),
                saved,
                (record, all) -> rounds.add(record.round()))
            .resume(SegmentShards.data(spark(), SERIES, 2));

    assertThat(rounds.get(0)).isEqualTo(10);
    assertThat(resumed.parametersSha256()).isEqualTo(whole.parametersSha256());
    assertThat(resumed.history()).hasSameSizeAs(whole.history());
    assertThat(resumed.validationLoss()).isCloseTo(whole.validationLoss(), within(0.0));
    assertThat(folder.toFile().list()).hasSize(2);
  }

  @Test
  void refusesToResumeWithOtherDataOrSettings(@TempDir Path folder) {
    TrainingSpec spec = TrainingSpecs.saving(SegmentShards.spec(2, 2, 10), folder, 2);
    fit(spec);

    assertThatThrownBy(
            () -> trainer(spec.withSeed(7)).resume(SegmentShards.data(spark(), SERIES, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("training.seed was 42 and is 7")
        .hasMessageNotContaining("data.fingerprint");
    List<Segment> other = new ArrayList<>(SERIES);
    other.set(2, SegmentShards.segments(3, 9).get(2));
    assertThatThrownBy(() -> trainer(spec).resume(SegmentShards.data(spark(), other, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("data.fingerprint was");
  }

  @Test
  void passesOverADamagedCheckpoint(@TempDir Path folder) throws Exception {
    TrainingSpec spec = TrainingSpecs.saving(SegmentShards.spec(2, 2, 20), folder, 4);
    TrainingResult whole = fit(spec);
    Path newest = folder.resolve("round-000000010").resolve("parameters.bin");
    byte[] bytes = java.nio.file.Files.readAllBytes(newest);
    bytes[5] ^= 1;
    java.nio.file.Files.write(newest, bytes);
    List<Long> rounds = new ArrayList<>();

    TrainingResult resumed =
        new Trainer(
                spark(), SegmentShards.factory(), spec, (record, all) -> rounds.add(record.round()))
            .resume(SegmentShards.data(spark(), SERIES, 2));

    assertThat(rounds).containsExactly(9L, 10L);
    assertThat(resumed.parametersSha256()).isEqualTo(whole.parametersSha256());
  }
}
