package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.series.Segment;
import io.longcast.testing.SharedSession;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
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
    List<Segment> outlier = List.of(SERIES.get(1), SERIES.get(3), SERIES.get(5));
    ShardData first = SegmentShards.open(0, even.iterator());
    ShardData second = SegmentShards.open(1, outlier.iterator());

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
  @Tag("long")
  void aShardWithoutWindowsDoesNotCount() {
    TrainingSpec one = SegmentShards.spec(1, 5, 10);
    TrainingResult alone = fit(one);
    TrainingSpec two =
        TrainingSpecs.change(
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

  @Test
  void theFourWaysToAverageDifferAndAllLearn() {
    TrainingSpec base = SegmentShards.spec(2, 5, 100);
    var kept = new AveragingSpec(AveragingSpec.UpdaterState.KEPT, 0, 1, 0);
    var reset = new AveragingSpec(AveragingSpec.UpdaterState.RESET, 0, 1, 0);
    var momentum = new AveragingSpec(AveragingSpec.UpdaterState.AVERAGED, 10, 1, 0.3);
    List<TrainingResult> results = new ArrayList<>(List.of(fit(base)));
    for (AveragingSpec one : List.of(kept, reset, momentum)) {
      results.add(fit(TrainingSpecs.change(base, one)));
    }

    assertThat(results).extracting(TrainingResult::parametersSha256).doesNotHaveDuplicates();
    assertThat(results).allMatch(result -> result.validationLoss() < 0.3);
    assertThat(results.get(3).rounds()).isEqualTo(10 + 18);
  }

  /** A task slot opens one network and keeps it, and all are closed at the end. */
  @Test
  void oneNetworkATaskSlotServesAllShardsAndRounds() {
    TrainingSpec spec = SegmentShards.spec(8, 1, 10);
    Counting.reset();

    new Trainer(spark(), () -> new Counting(SegmentShards.factory().open()), spec, silent())
        .fit(SegmentShards.data(spark(), SegmentShards.segments(16, 1), 8));

    // And one of the driver, for the first parameters.
    assertThat(Counting.OPENED.get()).isBetween(2, spark().defaultParallelism() + 1);
    assertThat(Counting.OPEN.get()).isZero();
  }

  private static TrainingProgress silent() {
    return TrainingProgress.silent();
  }

  /** Counts the networks of this JVM, which is driver and executor. */
  private static final class Counting extends DelegatingTrainable {
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static final AtomicInteger OPEN = new AtomicInteger();

    Counting(Trainable inner) {
      super(inner);
      OPENED.incrementAndGet();
      OPEN.incrementAndGet();
    }

    static void reset() {
      OPENED.set(0);
      OPEN.set(0);
    }

    @Override
    public void close() {
      super.close();
      OPEN.decrementAndGet();
    }
  }

  @Test
  void leavesNoCachedBlocksBehind() {
    int before = spark().getPersistentRDDs().size();

    fit(SegmentShards.spec(2, 5, 10));

    assertThat(spark().getPersistentRDDs()).hasSize(before);
  }
}
