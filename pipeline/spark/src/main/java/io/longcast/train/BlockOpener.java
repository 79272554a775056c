package io.longcast.train;

import io.longcast.series.Segment;
import io.longcast.window.BatchCutter;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.HoldoutBlock;
import io.longcast.window.SamplingSpec;
import io.longcast.window.ShardSeed;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSampler;
import io.longcast.window.WindowScan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Opens shards of packed blocks.
 *
 * @param cutters of windows
 * @param splits where training and validation windows lie
 * @param sampling the order of training windows
 * @param cut the holdout block of each series
 * @param seed of that order
 */
record BlockOpener(
    CutterSpec cutters, SplitSpec splits, SamplingSpec sampling, HoldoutBlock cut, long seed)
    implements ShardOpener<Block> {

  @Override
  public ShardData open(int shard, Iterator<Block> partition) {
    List<Block> blocks = new ArrayList<>();
    partition.forEachRemaining(blocks::add);
    return new Opened(this, blocks, shard);
  }

  /** The windows of one shard. */
  private static final class Opened implements ShardData {
    private final BlockOpener how;
    private final List<Block> blocks;
    private final BatchCutter cutter;
    private final WindowSampler sampler;

    Opened(BlockOpener how, List<Block> blocks, int shard) {
      this.how = how;
      this.blocks = blocks;
      cutter = how.cutters.open();
      sampler =
          new WindowSampler(
              blocks, cutter, how.splits, how.sampling, how.cut, new ShardSeed(how.seed, shard));
    }

    @Override
    public long windows() {
      return sampler.windows();
    }

    @Override
    public WindowBatch newBatch(int capacity) {
      return cutter.newBatch(capacity);
    }

    @Override
    public void fill(WindowBatch batch, long step) {
      sampler.fill(batch, step);
    }

    @Override
    public void validation(WindowBatch batch, Consumer<WindowBatch> each) {
      WindowScan scan = new WindowScan(blocks.iterator(), cutter, how.splits, Split.VALIDATION);
      while (scan.next(batch)) {
        each.accept(batch);
      }
    }

    @Override
    public long fingerprint() {
      Fingerprint print = new Fingerprint();
      for (Block block : blocks) {
        for (Segment segment : block.segments()) {
          print.add(segment, cutter.layout().channels().size());
        }
      }
      return print.value();
    }
  }
}
