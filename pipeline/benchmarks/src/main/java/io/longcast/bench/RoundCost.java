package io.longcast.bench;

import io.longcast.series.CalendarSpec;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.shard.ShardStage;
import io.longcast.shard.ShardedBlocks;
import io.longcast.train.AveragingSpec;
import io.longcast.train.CheckpointSpec;
import io.longcast.train.DivergenceSpec;
import io.longcast.train.RateSpec;
import io.longcast.train.RoundRecord;
import io.longcast.train.Trainer;
import io.longcast.train.TrainingData;
import io.longcast.train.TrainingProgress;
import io.longcast.train.TrainingResult;
import io.longcast.train.TrainingSpec;
import io.longcast.train.ValidationSpec;
import io.longcast.train.round.RoundMode;
import io.longcast.window.CutterSpec;
import io.longcast.window.HoldoutBlock;
import io.longcast.window.SamplingSpec;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a round of the trainer costs beyond compute, measured over shards and parameters with a
 * network that computes nothing.
 */
final class RoundCost {
  private static final int[] SHARDS = {2, 4, 8, 16};
  private static final int WARMING = 4;
  private static final int WARMING_SHARDS = 8;
  private static final int[] PARAMETERS = {10_000, 70_000, 250_000, 2_000_000};
  private static final WindowSpec WINDOW = new WindowSpec(8, 2, 1);

  private final JavaSparkContext context;
  private final int executors;
  private final int rounds;
  private final RoundMode mode;

  RoundCost(JavaSparkContext context, int executors, int rounds, RoundMode mode) {
    this.mode = mode;
    this.context = context;
    this.executors = executors;
    this.rounds = rounds;
  }

  /**
   * One measured point: medians over the rounds, seconds.
   *
   * @param shards of the run
   * @param parameters of the network
   * @param megabytes moved a round: one vector to each executor, one from each shard
   * @param beyond the whole round without compute
   * @param broadcast of it
   * @param reduce of it
   * @param waiting of it: scheduling and transport
   */
  record Point(
      int shards,
      int parameters,
      double megabytes,
      double beyond,
      double broadcast,
      double reduce,
      double waiting) {}

  List<Point> measure() {
    // Spark's own code is compiled in the first hundreds of rounds: none of them counts.
    for (int i = 0; i < WARMING; i++) {
      measure(WARMING_SHARDS, PARAMETERS[1]);
    }
    List<Point> points = new ArrayList<>();
    for (int shards : SHARDS) {
      for (int parameters : PARAMETERS) {
        points.add(measure(shards, parameters));
      }
    }
    return points;
  }

  /** Seconds of a Spark job that does nothing on every executor: no round can be shorter. */
  double emptyJob() {
    JavaRDD<Integer> data =
        context.parallelize(Collections.nCopies(executors, 0), executors).cache();
    double[] seconds = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long begin = System.nanoTime();
      data.count();
      seconds[i] = (System.nanoTime() - begin) / 1e9;
    }
    data.unpersist();
    Arrays.sort(seconds);
    return seconds[seconds.length / 2];
  }

  private Point measure(int shards, int parameters) {
    SeriesLayout layout = SeriesLayout.of("value");
    SplitSpec splits = new SplitSpec(0, 0, 0, 0, 0);
    ShardedBlocks blocks =
        ShardStage.shard(context.parallelize(series(shards), 2), layout, WINDOW, splits, shards);
    CutterSpec cutters = new CutterSpec(WINDOW, layout, CalendarSpec.NONE, false);
    SamplingSpec sampling = new SamplingSpec(SamplingSpec.Order.PERMUTATION, 0);
    TrainingData<io.longcast.window.Block> data =
        TrainingData.of(blocks, cutters, splits, sampling, HoldoutBlock.NONE, 1, Map.of());
    TrainingResult result =
        new Trainer(
                context,
                () -> new NoOpTrainable(parameters),
                spec(shards),
                TrainingProgress.silent())
            .fit(data);
    List<RoundRecord> warm = result.history().subList(rounds / 3, result.history().size());
    double megabytes = (executors + shards) * 3.0 * 4 * parameters / 1e6;
    return new Point(
        shards,
        parameters,
        megabytes,
        median(warm, record -> record.seconds() - record.computeSeconds()),
        median(warm, RoundRecord::broadcastSeconds),
        median(warm, RoundRecord::reduceSeconds),
        median(warm, RoundRecord::waitSeconds));
  }

  private TrainingSpec spec(int shards) {
    return new TrainingSpec(
        shards,
        1,
        1,
        rounds + rounds / 3,
        Optional.empty(),
        1,
        false,
        1,
        false,
        mode,
        new RateSpec(1e-3, RateSpec.Curve.CONSTANT, 0, 1, 1),
        new AveragingSpec(AveragingSpec.UpdaterState.AVERAGED, 0, 1, 0),
        0,
        TrainingSpec.Keep.LAST,
        new ValidationSpec(0, 0, 0),
        new CheckpointSpec(Optional.empty(), 0, Duration.ZERO, 1),
        new DivergenceSpec(1e30, 1e30, 1e30, 0.5, 0.1, 0, false),
        TrainingSpec.From.RANDOM);
  }

  private static List<Segment> series(int shards) {
    List<Segment> all = new ArrayList<>();
    for (int s = 0; s < 2 * shards; s++) {
      all.add(Segment.of("s" + s, new RowAxis(0, null), new float[40]));
    }
    return all;
  }

  private static double median(List<RoundRecord> records, ToDoubleFunction<RoundRecord> part) {
    double[] sorted = records.stream().mapToDouble(part).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
