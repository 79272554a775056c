package io.longcast.bench;

import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Gate;
import io.longcast.model.ModelSpec.Skip;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.network.Specs;
import io.longcast.scale.Level;
import io.longcast.scale.ScalingSpec;
import io.longcast.scale.Spread;
import io.longcast.scale.Transform;
import io.longcast.series.CalendarSpec;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.shard.ShardStage;
import io.longcast.shard.ShardedBlocks;
import io.longcast.testing.PublicData;
import io.longcast.train.TrainingData;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.HoldoutBlock;
import io.longcast.window.SamplingSpec;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** The public series on which averaging is measured, each with the network of its recipe. */
final class AveragingData {
  private static final SeriesLayout LAYOUT = SeriesLayout.of("value");
  private static final int ETT_TRAINING_ROWS = 8640;
  private static final int ETT_VALIDATION_ROWS = 2880;

  private AveragingData() {}

  /**
   * Series and how they are learnt.
   *
   * @param segments a segment a series
   * @param window of the protocol
   * @param split validation after training
   * @param model of the recipe
   * @param peak rate of one shard
   */
  record Collection(
      List<Segment> segments, WindowSpec window, SplitSpec split, ModelSpec model, double peak) {

    NetworkFactory factory() {
      return new NetworkFactory(model, NetworkInputs.of(window.contextLength(), window.horizon()));
    }

    ShardedBlocks shard(JavaSparkContext context, int shards) {
      return ShardStage.shard(context.parallelize(segments, 2), LAYOUT, window, split, shards);
    }

    TrainingData<Block> training(ShardedBlocks blocks, long seed) {
      SamplingSpec sampling = new SamplingSpec(SamplingSpec.Order.SERIES_UNIFORM, 0.5);
      return TrainingData.of(
          blocks,
          new CutterSpec(window, LAYOUT, CalendarSpec.NONE, false),
          split,
          sampling,
          HoldoutBlock.NONE,
          seed,
          Map.of());
    }
  }

  /** M4 Hourly ({@code m4}) or ETTh1 ({@code ett}). */
  static Collection of(String name) throws IOException {
    return name.equals("m4") ? hourly() : transformer();
  }

  /** Validation is the last 48 hours of each of the 414 training series. */
  private static Collection hourly() throws IOException {
    List<Segment> segments = new ArrayList<>();
    List<String> lines = Files.readAllLines(PublicData.folder("m4").resolve("Hourly-train.csv"));
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
      segments.add(segment(cells[0], values));
    }
    return new Collection(
        segments,
        new WindowSpec(336, 48, 1),
        new SplitSpec(1, 0, 0, 0, 0),
        Specs.recipe(24, 64, List.of(), true),
        2e-3);
  }

  /** Columns standardized on the 12 training months; validation is the 4 months after them. */
  private static Collection transformer() throws IOException {
    Path file = PublicData.folder("ett").resolve("ETTh1.csv");
    List<String> lines =
        Files.readAllLines(file).subList(1, 1 + ETT_TRAINING_ROWS + ETT_VALIDATION_ROWS);
    List<Segment> segments = new ArrayList<>();
    for (int column = 1; column <= 7; column++) {
      int at = column;
      double[] raw =
          lines.stream().mapToDouble(l -> Double.parseDouble(l.split(",")[at])).toArray();
      segments.add(segment("column-" + column, standardized(raw)));
    }
    ModelSpec base = Specs.recipe(24, 64, List.of(), true);
    ModelSpec model =
        new ModelSpec(
            base.shape(),
            base.cell(),
            base.hiddenSize(),
            base.layers(),
            .3,
            base.seasonalPeriod(),
            base.patchLength(),
            new ScalingSpec(Transform.NONE, Level.LAST_VALUE, Spread.ONE, 20, true),
            new Skip(true, List.of()),
            new Gate(0),
            base.convolution(),
            base.statics(),
            base.output(),
            base.decoder(),
            base.updater());
    return new Collection(
        segments,
        new WindowSpec(336, 96, 1),
        new SplitSpec(ETT_VALIDATION_ROWS / 96, 0, 24, 0, 0),
        model,
        1e-3);
  }

  private static float[] standardized(double[] raw) {
    double mean = 0;
    for (int t = 0; t < ETT_TRAINING_ROWS; t++) {
      mean += raw[t] / ETT_TRAINING_ROWS;
    }
    double variance = 0;
    for (int t = 0; t < ETT_TRAINING_ROWS; t++) {
      variance += (raw[t] - mean) * (raw[t] - mean) / ETT_TRAINING_ROWS;
    }
    float[] values = new float[raw.length];
    for (int t = 0; t < values.length; t++) {
      values[t] = (float) ((raw[t] - mean) / Math.sqrt(variance));
    }
    return values;
  }

  private static Segment segment(String id, float[] values) {
    return Segment.of(id, new RowAxis(0, null), values);
  }
}
