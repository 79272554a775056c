package io.longcast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.bench.AveragingData.Collection;
import io.longcast.shard.ShardedBlocks;
import io.longcast.testing.SharedSession;
import io.longcast.train.AveragingSpec;
import io.longcast.train.AveragingSpec.UpdaterState;
import io.longcast.train.CheckpointSpec;
import io.longcast.train.DivergenceSpec;
import io.longcast.train.RateSpec;
import io.longcast.train.Trainer;
import io.longcast.train.TrainingProgress;
import io.longcast.train.TrainingResult;
import io.longcast.train.TrainingSpec;
import io.longcast.train.ValidationSpec;
import io.longcast.train.round.RoundMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What averaging costs in accuracy: validation loss by shards, averaging frequency and the rules
 * beside them, at a fixed number of batches in all. Every list below multiplies the table; all are
 * properties under {@code longcast.averaging.}: {@code data} (m4, ett), {@code batches}, {@code
 * shards}, {@code frequencies}, {@code factors} (most shards the rate grows with), {@code states}
 * (AVERAGED, KEPT, RESET), {@code batchSizes}, {@code warmUps} (first steps averaged one by one),
 * {@code momenta}, {@code seeds}. The lines go to {@code target/averaging-table.txt}.
 */
@Tag("long")
class AveragingTableIT {
  private static final Path TABLE = Path.of("target", "averaging-table.txt");

  /** What a line of the table is made of, with what the build measures. */
  private static final Map<String, String> AXES =
      axes(
          "shards=4",
          "frequencies=1",
          "factors=4",
          "states=AVERAGED",
          "batchSizes=128",
          "warmUps=0",
          "momenta=0",
          "seeds=1");

  private static Map<String, String> axes(String... pairs) {
    Map<String, String> axes = new LinkedHashMap<>();
    for (String pair : pairs) {
      axes.put(pair.split("=")[0], pair.split("=")[1]);
    }
    return axes;
  }

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
  }

  private static String[] values(String axis, String otherwise) {
    return System.getProperty("longcast.averaging." + axis, otherwise).split(",");
  }

  @Test
  void fourShardsAveragedOftenBeatOneShardOfAsManyStepsAShard() throws IOException {
    int batches = Integer.getInteger("longcast.averaging.batches", 120);
    for (String data : values("data", "m4")) {
      Collection collection = AveragingData.of(data);
      double four = Double.NaN;
      for (Map<String, String> cell : cells()) {
        double loss = loss(data, collection, cell, batches);
        boolean often = cell.get("shards").equals("4") && cell.get("frequencies").equals("1");
        four = often ? loss : four;
      }
      Map<String, String> alone = new LinkedHashMap<>(AXES);
      alone.put("shards", "1");
      assertThat(four).as(data).isLessThan(loss(data, collection, alone, batches / 4));
    }
  }

  /** Every combination of the values of the axes. */
  private static List<Map<String, String>> cells() {
    List<Map<String, String>> cells = List.of(Map.of());
    for (Map.Entry<String, String> axis : AXES.entrySet()) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> cell : cells) {
        for (String value : values(axis.getKey(), axis.getValue())) {
          Map<String, String> next = new LinkedHashMap<>(cell);
          next.put(axis.getKey(), value);
          more.add(next);
        }
      }
      cells = more;
    }
    return cells;
  }

  private static TrainingSpec spec(Map<String, String> cell, int batches, double peak) {
    int shards = Integer.parseInt(cell.get("shards"));
    int batchSize = Integer.parseInt(cell.get("batchSizes"));
    UpdaterState state = UpdaterState.valueOf(cell.get("states"));
    int warmUp = Integer.parseInt(cell.get("warmUps"));
    double momentum = Double.parseDouble(cell.get("momenta"));
    double factor = Double.parseDouble(cell.get("factors"));
    return new TrainingSpec(
        shards,
        Integer.parseInt(cell.get("frequencies")),
        batchSize,
        batches * 128 / batchSize / shards,
        Optional.empty(),
        1,
        false,
        Long.parseLong(cell.get("seeds")),
        false,
        RoundMode.AUTO,
        new RateSpec(peak, RateSpec.Curve.COSINE, 0.05, 0.005, factor),
        new AveragingSpec(state, warmUp, 1, momentum),
        0,
        TrainingSpec.Keep.LAST,
        new ValidationSpec(0, 0, 0),
        new CheckpointSpec(Optional.empty(), 0, Duration.ZERO, 1),
        new DivergenceSpec(1e6, 1000, 1e6, 0.5, 0.1, 5, false),
        TrainingSpec.From.RANDOM);
  }

  private static double loss(String name, Collection data, Map<String, String> cell, int batches)
      throws IOException {
    TrainingSpec spec = spec(cell, batches, data.peak());
    ShardedBlocks blocks = data.shard(spark(), spec.shards()).cache();
    long begin = System.nanoTime();
    TrainingResult result =
        new Trainer(spark(), data.factory(), spec, TrainingProgress.silent())
            .fit(data.training(blocks, spec.seed()));
    blocks.close();
    String line =
        String.format(
            Locale.ROOT,
            "%s %s, %d steps a shard: loss %.4f, %.1f s%n",
            name,
            cell,
            spec.steps(),
            result.validationLoss(),
            (System.nanoTime() - begin) / 1e9);
    Files.writeString(TABLE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return result.validationLoss();
  }
}
