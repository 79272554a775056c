package io.longcast.window;

import io.longcast.series.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the training windows of one shard: minibatch {@code step} contains the same windows in any
 * order of requests. Nothing is kept between steps but a number or two a segment.
 *
 * <p>A target is one channel of one series. A series cut into several segments counts as one target
 * wherever its segments lie: each segment is drawn in proportion to the share of the series'
 * windows that it owns.
 *
 * <p>Not thread-safe: one per task.
 */
public final class WindowSampler {
  private final BatchCutter cutter;
  private final ShardSeed seed;
  private final SamplingSpec.Order order;
  private final List<Segment> segments = new ArrayList<>();
  private final List<Origins> origins = new ArrayList<>();
  private final int channels;
  private final Cumulative weights;
  private final long windows;
  private Permutation permutation;
  private long epoch = -1;

  /**
   * @param blocks the shard's blocks in canonical order
   * @param cutter cuts the windows
   * @param splits where training windows lie
   * @param sampling the order
   * @param cut the block of each series that is left out
   * @param seed seed and shard number
   */
  public WindowSampler(
      Iterable<Block> blocks,
      BatchCutter cutter,
      SplitSpec splits,
      SamplingSpec sampling,
      HoldoutBlock cut,
      ShardSeed seed) {
    this.cutter = cutter;
    this.seed = seed;
    order = sampling.order();
    channels = cutter.channels();
    for (Block block : blocks) {
      for (Segment segment : block.segments()) {
        for (Origins owned : splits.trainingOrigins(cutter.window(), segment, cut)) {
          if (!owned.isEmpty()) {
            segments.add(segment);
            origins.add(owned);
          }
        }
      }
    }
    windows = origins.stream().mapToLong(o -> (long) o.count() * channels).sum();
    weights = new Cumulative(weights(splits, sampling));
  }

  private double[] weights(SplitSpec splits, SamplingSpec sampling) {
    double[] weight = new double[segments.size()];
    for (int i = 0; i < weight.length; i++) {
      Segment segment = segments.get(i);
      double own = origins.get(i).count();
      double all = splits.windows(cutter.window(), segment.seriesLength(), Split.TRAIN);
      weight[i] =
          switch (sampling.order()) {
            case PERMUTATION -> own;
            case SERIES_UNIFORM -> own / all;
            case WEIGHTED -> own / all * Math.pow(all, sampling.power()) * segment.weight();
          };
    }
    return weight;
  }

  /** Training windows of the shard, all channels counted. */
  public long windows() {
    return windows;
  }

  /**
   * Empties a batch and fills it to its capacity with the windows of minibatch {@code step}; leaves
   * it empty if the shard has no training window.
   *
   * @param batch of the cutter's shape; its capacity is the batch size
   * @param step number of the minibatch in this shard, from 0
   */
  public void fill(WindowBatch batch, long step) {
    batch.clear();
    for (int i = 0; windows > 0 && i < batch.capacity(); i++) {
      long draw = step * batch.capacity() + i;
      if (order == SamplingSpec.Order.PERMUTATION) {
        permuted(draw, batch);
      } else {
        drawn(draw, batch);
      }
    }
  }

  private void permuted(long draw, WindowBatch batch) {
    if (draw / windows != epoch) {
      epoch = draw / windows;
      permutation = new Permutation(windows, seed.key(epoch));
    }
    long target = permutation.at(draw % windows);
    int i = weights.find(target / channels);
    long within = target / channels - (long) weights.before(i);
    int origin = origins.get(i).at((int) within);
    cutter.cut(segments.get(i), (int) (target % channels), origin, batch);
  }

  private void drawn(long draw, WindowBatch batch) {
    long key = seed.key(draw);
    int i = weights.find(unit(key) * weights.total());
    long second = ShardSeed.mix(key);
    int channel = below(channels, unit(second));
    int origin = origins.get(i).at(below(origins.get(i).count(), unit(ShardSeed.mix(second))));
    cutter.cut(segments.get(i), channel, origin, batch);
  }

  private static int below(int count, double unit) {
    return Math.min(count - 1, (int) (unit * count));
  }

  private static double unit(long random) {
    return (random >>> 11) * 0x1p-53;
  }
}
