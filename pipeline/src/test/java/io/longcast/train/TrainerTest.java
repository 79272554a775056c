package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.Trainable.StepSettings;
import io.longcast.series.Segment;
import io.longcast.testing.SharedSession;
import io.longcast.window.WindowBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
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

  /** Steps of one shard from given vectors, without any of the trainer's machinery. */
  private static LinearTrainable plain(
      ShardData data, TrainingSpec spec, float[] parameters, float[] updater, int from, int to) {
    LinearTrainable model = (LinearTrainable) SegmentShards.factory().open();
    if (parameters == null) {
      model.initialize(spec.seed());
    } else {
      model.load(parameters, updater);
    }
    WindowBatch batch = data.newBatch(spec.batchSize());
    for (int step = from; step < to; step++) {
      data.fill(batch, step);
      double rate = spec.rate().at(step, spec.steps(), spec.shards());
      model.step(batch, new StepSettings(step, rate, 0));
    }
    return model;
  }

  private static float[] parameters(LinearTrainable model) {
    float[] parameters = new float[model.parameterCount()];
    model.store(parameters, null);
    return parameters;
  }

  private static float[] updater(LinearTrainable model) {
    float[] parameters = new float[model.parameterCount()];
    float[] updater = new float[model.updaterStateCount()];
    model.store(parameters, updater);
    return updater;
  }

  @Test
  void oneShardAveragedEveryStepEqualsAPlainFit() {
    TrainingSpec spec = SegmentShards.spec(1, 1, 12);

    TrainingResult result = fit(spec);

    ShardData data = SegmentShards.open(0, SERIES.iterator());
    assertThat(result.parameters()).isEqualTo(parameters(plain(data, spec, null, null, 0, 12)));
    assertThat(result.rounds()).isEqualTo(12);
  }

  @Test
  void twoShardsAveragedEveryStepEqualTheMeanByHand() {
    TrainingSpec spec = SegmentShards.spec(2, 1, 2);
    List<Segment> even = List.of(SERIES.get(0), SERIES.get(2), SERIES.get(4));
    List<Segment> odd = List.of(SERIES.get(1), SERIES.get(3), SERIES.get(5));
    ShardData first = SegmentShards.open(0, even.iterator());
    ShardData second = SegmentShards.open(1, odd.iterator());

    float[] start = null;
    float[] state = null;
    for (int step = 0; step < 2; step++) {
      LinearTrainable a = plain(first, spec, start, state, step, step + 1);
      LinearTrainable b = plain(second, spec, start, state, step, step + 1);
      start = mean(parameters(a), parameters(b));
      state = mean(updater(a), updater(b));
    }

    TrainingResult result = fit(spec);
    assertThat(result.parameters()).isEqualTo(start);
    assertThat(result.updaterState()).isEqualTo(state);
  }

  private static float[] mean(float[] a, float[] b) {
    float[] mean = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      mean[i] = (float) ((8.0 * a[i] + 8.0 * b[i]) / 16);
    }
    return mean;
  }

  @Test
  void trainingLowersBothLosses() {
    TrainingResult result = fit(SegmentShards.spec(3, 5, 200));

    RoundRecord first = result.history().get(0);
    RoundRecord last = result.history().get(39);
    assertThat(last.trainLoss()).isLessThan(0.3 * first.trainLoss());
    assertThat(result.validationLoss()).isLessThan(0.1);
    assertThat(last.validationLoss()).isEqualTo(result.validationLoss());
  }

  @Test
  void moreThanOneGroupOfShardsGivesTheBitsOfTheSumByHand() {
    List<Segment> many = SegmentShards.segments(70, 3);
    TrainingSpec spec = SegmentShards.spec(70, 2, 2);

    TrainingResult result = trainer(spec).fit(SegmentShards.data(spark(), many, 70));

    double[] total = null;
    for (int group = 0; group < 3; group++) {
      double[] sum = null;
      for (int shard = 32 * group; shard < Math.min(70, 32 * group + 32); shard++) {
        ShardData data = SegmentShards.open(shard, List.of(many.get(shard)).iterator());
        sum = plus(sum, times16(parameters(plain(data, spec, null, null, 0, 2))));
      }
      total = plus(total, sum);
    }
    float[] expected = new float[total.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (float) (total[i] / (70 * 16));
    }
    assertThat(result.parameters()).isEqualTo(expected);
  }

  private static double[] times16(float[] values) {
    double[] product = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      product[i] = 16.0 * values[i];
    }
    return product;
  }

  private static double[] plus(double[] a, double[] b) {
    if (a == null) {
      return b;
    }
    double[] sum = new double[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  @Test
  void aShardWithoutWindowsDoesNotCount() {
    TrainingSpec one = SegmentShards.spec(1, 5, 10);
    TrainingResult alone = fit(one);
    TrainingSpec two =
        change(
            SegmentShards.spec(2, 5, 10),
            new RateSpec(0.01, RateSpec.Curve.COSINE, 0.05, 0.005, 1));
    List<Segment> first = List.copyOf(SERIES);
    var rdd =
        spark()
            .parallelize(List.of(0, 1), 2)
            .mapPartitionsWithIndex(
                (shard, any) -> shard == 0 ? first.iterator() : List.<Segment>of().iterator(),
                true);
    TrainingResult padded =
        trainer(two).fit(new TrainingData<>(rdd, SegmentShards::open, java.util.Map.of()));

    assertThat(padded.parametersSha256()).isEqualTo(alone.parametersSha256());
  }

  private static TrainingSpec change(TrainingSpec spec, RateSpec rate) {
    return new TrainingSpec(
        spec.shards(),
        spec.averagingFrequency(),
        spec.batchSize(),
        spec.steps(),
        spec.epochs(),
        spec.members(),
        spec.seed(),
        spec.refit(),
        rate,
        spec.averaging(),
        spec.keep(),
        spec.validation(),
        spec.checkpoint(),
        spec.divergence());
  }

  private static TrainingSpec change(TrainingSpec spec, AveragingSpec averaging) {
    return new TrainingSpec(
        spec.shards(),
        spec.averagingFrequency(),
        spec.batchSize(),
        spec.steps(),
        spec.epochs(),
        spec.members(),
        spec.seed(),
        spec.refit(),
        spec.rate(),
        averaging,
        spec.keep(),
        spec.validation(),
        spec.checkpoint(),
        spec.divergence());
  }

  private static TrainingSpec keepingBest(TrainingSpec spec, int patience) {
    return new TrainingSpec(
        spec.shards(),
        spec.averagingFrequency(),
        spec.batchSize(),
        spec.steps(),
        spec.epochs(),
        spec.members(),
        spec.seed(),
        spec.refit(),
        spec.rate(),
        spec.averaging(),
        TrainingSpec.Keep.BEST,
        new ValidationSpec(1, patience, 0),
        spec.checkpoint(),
        spec.divergence());
  }

  @Test
  void theFourWaysToAverageDifferAndAllLearn() {
    TrainingSpec base = SegmentShards.spec(2, 5, 100);
    var kept = new AveragingSpec(AveragingSpec.UpdaterState.KEPT, 0, 1, 0);
    var reset = new AveragingSpec(AveragingSpec.UpdaterState.RESET, 0, 1, 0);
    var momentum = new AveragingSpec(AveragingSpec.UpdaterState.AVERAGED, 10, 1, 0.3);
    List<TrainingResult> results = new ArrayList<>(List.of(fit(base)));
    for (AveragingSpec one : List.of(kept, reset, momentum)) {
      results.add(fit(change(base, one)));
    }

    assertThat(results).extracting(TrainingResult::parametersSha256).doesNotHaveDuplicates();
    assertThat(results).allMatch(result -> result.validationLoss() < 0.3);
    assertThat(results.get(3).rounds()).isEqualTo(10 + 18);
  }

  @Test
  void keepsTheBestWeightsAndStopsEarly() {
    TrainingSpec spec =
        keepingBest(
            change(
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

  @Test
  void anOddWindowIsNamedAndLeftOut() {
    List<Segment> series = new ArrayList<>(SERIES);
    float[] values = SERIES.get(3).row(0).clone();
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
        withDivergence(spec, new DivergenceSpec(1e6, 1000, 1e6, 0.5, 0.1, 60, false));

    TrainingResult result =
        new Trainer(spark(), SegmentShards.factory(), lenient, progress)
            .fit(SegmentShards.data(spark(), series, 2));

    assertThat(lines.get(0))
        .contains("shard 1", "broken, channel 0, origin", "= 1.0E30", "left out");
    assertThat(lines.get(0)).containsPattern("(context value|target step) \\d+");
    assertThat(result.remedies()).isEqualTo(lines).allMatch(line -> line.contains("broken"));
    assertThat(result.validationLoss()).isLessThan(1);
  }

  static TrainingSpec withDivergence(TrainingSpec spec, DivergenceSpec divergence) {
    return new TrainingSpec(
        spec.shards(),
        spec.averagingFrequency(),
        spec.batchSize(),
        spec.steps(),
        spec.epochs(),
        spec.members(),
        spec.seed(),
        spec.refit(),
        spec.rate(),
        spec.averaging(),
        spec.keep(),
        spec.validation(),
        spec.checkpoint(),
        divergence);
  }

  @Test
  void stopsWithTheDiagnosisWhereNothingHelps() {
    TrainingSpec spec =
        withDivergence(
            SegmentShards.spec(2, 5, 60), new DivergenceSpec(1e-9, 1000, 1e6, 0.5, 0.1, 2, false));

    assertThatThrownBy(() -> fit(spec))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("round 1 failed: shard 0, step 1: gradient norm of")
        .hasMessageContaining("gradients cut to 0.1 of model.updater.gradientNorm")
        .hasMessageContaining("Remedies tried before (2 allowed");
  }

  @Test
  void leavesNoCachedBlocksBehind() {
    int before = spark().getPersistentRDDs().size();

    fit(SegmentShards.spec(2, 5, 10));

    assertThat(spark().getPersistentRDDs()).hasSize(before);
  }

  @Test
  void resumesToTheBitsOfTheUndisturbedRun(@TempDir Path folder) {
    TrainingSpec plain =
        change(
            SegmentShards.spec(2, 2, 40),
            new AveragingSpec(AveragingSpec.UpdaterState.KEPT, 3, 0.9, 0.2));
    TrainingSpec saved = saving(plain, folder, 3);
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

  private static TrainingSpec saving(TrainingSpec spec, Path folder, int every) {
    return spec.withCheckpoint(
        new CheckpointSpec(Optional.of(folder.toString()), every, Duration.ZERO, 2));
  }

  @Test
  void refusesToResumeWithOtherDataOrSettings(@TempDir Path folder) {
    TrainingSpec spec = saving(SegmentShards.spec(2, 2, 10), folder, 2);
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
    TrainingSpec spec = saving(SegmentShards.spec(2, 2, 20), folder, 4);
    TrainingResult whole = fit(spec);
    Path newest = folder.resolve("round-000000010").resolve("parameters.bin");
    byte[] bytes = java.nio.file.Files.readAllBytes(newest);
    bytes[5] ^= 1;
    java.nio.file.Files.write(newest, bytes);
    java.nio.file.Files.delete(newest.resolveSibling(".parameters.bin.crc"));
    List<Long> rounds = new ArrayList<>();

    TrainingResult resumed =
        new Trainer(
                spark(), SegmentShards.factory(), spec, (record, all) -> rounds.add(record.round()))
            .resume(SegmentShards.data(spark(), SERIES, 2));

    assertThat(rounds).containsExactly(9L, 10L);
    assertThat(resumed.parametersSha256()).isEqualTo(whole.parametersSha256());
  }
}
