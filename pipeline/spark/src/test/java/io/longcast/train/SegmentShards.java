package io.longcast.train;

import io.longcast.model.TrainableFactory;
import io.longcast.series.CalendarSpec;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.train.round.RoundMode;
import io.longcast.train.round.Seeds;
import io.longcast.window.BatchCutter;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Small seeded data for the trainer's tests: noisy waves, a few series a shard. */
public final class SegmentShards {
  static final WindowSpec WINDOW = new WindowSpec(12, 3, 1);
  private static final int LENGTH = 80;
  private static final int HELD = 9;

  private SegmentShards() {}

  public static TrainableFactory factory() {
    return () -> new LinearTrainable(WINDOW.contextLength(), WINDOW.horizon(), 1.0);
  }

  public static List<Segment> segments(int count, long seed) {
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      Random random = new Random(seed * 1000 + s);
      float[] values = new float[LENGTH];
      for (int t = 0; t < LENGTH; t++) {
        values[t] = (float) (Math.sin(0.5 * t + s) + 0.1 * random.nextGaussian());
      }
      segments.add(segment("series-" + s, values));
    }
    return segments;
  }

  public static Segment segment(String id, float[] values) {
    return Segment.of(id, new RowAxis(0, null), values);
  }

  /** Deals the segments out to the shards in turn; a partition a shard. */
  public static TrainingData<Segment> data(
      JavaSparkContext context, List<Segment> all, int shards) {
    List<Segment> dealt = new ArrayList<>();
    JavaRDD<Segment> rdd = null;
    List<List<Segment>> parts = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      parts.add(new ArrayList<>());
    }
    for (int i = 0; i < all.size(); i++) {
      parts.get(i % shards).add(all.get(i));
    }
    parts.forEach(dealt::addAll);
    rdd =
        context
            .parallelize(parts, shards)
            .mapPartitions(
                partition -> {
                  List<Segment> out = new ArrayList<>();
                  partition.forEachRemaining(out::addAll);
                  return out.iterator();
                },
                true);
    return new TrainingData<>(rdd, SegmentShards::open, Map.of("model.kind", "linear"));
  }

  public static ShardData open(int shard, Iterator<Segment> partition) {
    List<Segment> segments = new ArrayList<>();
    partition.forEachRemaining(segments::add);
    return new Opened(shard, segments);
  }

  /** The settings the tests start from. */
  public static TrainingSpec spec(int shards, int frequency, int steps) {
    return new TrainingSpec(
        shards,
        frequency,
        8,
        steps,
        Optional.empty(),
        1,
        false,
        42,
        false,
        RoundMode.AUTO,
        new RateSpec(0.01, RateSpec.Curve.COSINE, 0.05, 0.005, 4),
        new AveragingSpec(AveragingSpec.UpdaterState.AVERAGED, 0, 1, 0),
        0,
        TrainingSpec.Keep.LAST,
        new ValidationSpec(0, 0, 0),
        new CheckpointSpec(Optional.empty(), 5, Duration.ZERO, 2),
        new DivergenceSpec(1e6, 1000, 1e6, 0.5, 0.1, 5, false),
        TrainingSpec.From.RANDOM);
  }

  /** The windows of one shard, drawn with replacement by a hash of seed, shard and step. */
  private static final class Opened implements ShardData {
    private final int shard;
    private final List<Segment> segments;
    private final BatchCutter cutter =
        new BatchCutter(WINDOW, SeriesLayout.of("value"), CalendarSpec.NONE);

    Opened(int shard, List<Segment> segments) {
      this.shard = shard;
      this.segments = segments;
    }

    private long windowsOf(Segment segment) {
      return segment.length() - HELD - WINDOW.horizon() - WINDOW.contextLength();
    }

    @Override
    public long windows() {
      return segments.stream().mapToLong(this::windowsOf).sum();
    }

    @Override
    public WindowBatch newBatch(int capacity) {
      return cutter.newBatch(capacity);
    }

    @Override
    public void fill(WindowBatch batch, long step) {
      batch.clear();
      for (int i = 0; i < batch.capacity(); i++) {
        long random = Seeds.mix(Seeds.mix(shard * 7919L + step) + i);
        Segment segment = segments.get((int) Math.floorMod(random, (long) segments.size()));
        long at = Math.floorMod(Seeds.mix(random), windowsOf(segment));
        cutter.cut(segment, 0, WINDOW.contextLength() + (int) at, batch);
      }
    }

    @Override
    public void validation(WindowBatch batch, Consumer<WindowBatch> each) {
      batch.clear();
      for (Segment segment : segments) {
        if (batch.size() == batch.capacity()) {
          each.accept(batch);
          batch.clear();
        }
        cutter.cut(segment, 0, segment.length() - WINDOW.horizon(), batch);
      }
      each.accept(batch);
    }

    @Override
    public long fingerprint() {
      long mix = shard;
      for (Segment segment : segments) {
        mix = Seeds.mix(mix ^ segment.seriesId().hashCode());
        for (float value : segment.row(0).toFloats()) {
          mix = Seeds.mix(mix ^ Float.floatToRawIntBits(value));
        }
      }
      return mix;
    }
  }
}
