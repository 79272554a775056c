package io.longcast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.model.NetworkInputs;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.network.Specs;
import io.longcast.series.CalendarSpec;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.testing.PublicData;
import io.longcast.testing.SharedSession;
import io.longcast.train.AveragingSpec;
import io.longcast.train.AveragingSpec.UpdaterState;
import io.longcast.train.CheckpointSpec;
import io.longcast.train.DivergenceSpec;
import io.longcast.train.RateSpec;
import io.longcast.train.Trainer;
import io.longcast.train.TrainingData;
import io.longcast.train.TrainingProgress;
import io.longcast.train.TrainingResult;
import io.longcast.train.TrainingSpec;
import io.longcast.train.ValidationSpec;
import io.longcast.window.CutterSpec;
import io.longcast.window.SamplingSpec;
import io.longcast.window.ShardStage;
import io.longcast.window.ShardedBlocks;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What averaging costs in accuracy on M4 Hourly: validation loss by shards and averaging frequency
 * at a fixed number of batches in all. {@code -Dlongcast.averaging.batches=1000}, {@code
 * -Dlongcast.averaging.shards=1,2,4,8} and {@code -Dlongcast.averaging.frequencies=1,5,20,100} give
 * the whole table; the lines go to {@code target/averaging-table.txt}.
 */
@Tag("long")
class AveragingTableIT {
  private static final WindowSpec WINDOW = new WindowSpec(336, 48, 1);
  private static final SplitSpec SPLITS = new SplitSpec(1, 0, 0, 0, 0);
  private static final SeriesLayout LAYOUT = SeriesLayout.of("value");
  private static final int BATCHES = Integer.getInteger("longcast.averaging.batches", 120);
  private static final Path TABLE = Path.of("target", "averaging-table.txt");

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
  }

  private static List<Integer> numbers(String property, String otherwise) {
    return Arrays.stream(System.getProperty(property, otherwise).split(","))
        .map(Integer::parseInt)
        .toList();
  }

  @Test
  void fourShardsAveragedOftenBeatOneShardOfAsManyStepsAShard() throws IOException {
    List<Segment> hourly = hourly(PublicData.folder("m4").resolve("Hourly-train.csv"));
    double alone = Double.NaN;
    double four = Double.NaN;
    for (int shards : numbers("longcast.averaging.shards", "1,4")) {
      for (int frequency : numbers("longcast.averaging.frequencies", "1")) {
        if (shards > 1 || frequency == 1) {
          double loss = row(hourly, shards, frequency, 4, UpdaterState.AVERAGED, BATCHES / shards);
          four = shards == 4 && frequency == 1 ? loss : four;
        }
      }
    }
    alone = row(hourly, 1, 1, 1, UpdaterState.AVERAGED, BATCHES / 4);
    assertThat(four).isLessThan(alone);
  }

  private static double row(
      List<Segment> hourly, int shards, int frequency, double factor, UpdaterState state, int steps)
      throws IOException {
    ShardedBlocks blocks =
        ShardStage.shard(spark().parallelize(hourly, 2), LAYOUT, WINDOW, SPLITS, shards).cache();
    CutterSpec cutters = new CutterSpec(WINDOW, LAYOUT, CalendarSpec.NONE, false);
    SamplingSpec sampling = new SamplingSpec(SamplingSpec.Order.SERIES_UNIFORM, 0.5);
    TrainingSpec spec = spec(shards, frequency, factor, state, steps);
    NetworkFactory factory =
        new NetworkFactory(Specs.recipe(24, 64, List.of(), true), NetworkInputs.of(336, 48));
    long begin = System.nanoTime();
    TrainingResult result =
        new Trainer(spark(), factory, spec, TrainingProgress.silent())
            .fit(TrainingData.of(blocks, cutters, SPLITS, sampling, 1, Map.of()));
    blocks.unpersist();
    String line =
        String.format(
            Locale.ROOT,
            "shards %d, every %d, rate x%.2f, state %s, %d steps a shard: loss %.4f, %.1f s%n",
            shards,
            frequency,
            Math.min(shards, factor),
            state,
            steps,
            result.validationLoss(),
            (System.nanoTime() - begin) / 1e9);
    Files.writeString(TABLE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return result.validationLoss();
  }

  private static TrainingSpec spec(
      int shards, int frequency, double factor, UpdaterState state, int steps) {
    return new TrainingSpec(
        shards,
        frequency,
        128,
        steps,
        Optional.empty(),
        1,
        1,
        false,
        new RateSpec(2e-3, RateSpec.Curve.COSINE, 0.05, 0.005, factor),
        new AveragingSpec(state, 0, 1, 0),
        TrainingSpec.Keep.LAST,
        new ValidationSpec(0, 0, 0),
        new CheckpointSpec(Optional.empty(), 0, Duration.ZERO, 1),
        new DivergenceSpec(1e6, 1000, 1e6, 0.5, 5));
  }

  private static List<Segment> hourly(Path file) throws IOException {
    List<Segment> segments = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.replace("\"", "").split(",");
      int length = 0;
      while (length + 1 < cells.length && !cells[length + 1].isEmpty()) {
        length++;
      }
      float[] values = new float[length];
      for (int t = 0; t < length; t++) {
        values[t] = Float.parseFloat(cells[t + 1]);
      }
      segments.add(
          new Segment(
              cells[0],
              0,
              length,
              new RowAxis(0, null),
              length,
              new float[][] {values},
              null,
              new int[0],
              0,
              length,
              1f));
    }
    return segments;
  }
}
