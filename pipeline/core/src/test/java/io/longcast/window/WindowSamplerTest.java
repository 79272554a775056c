package io.longcast.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.series.CalendarSpec;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.window.SamplingSpec.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class WindowSamplerTest {
  private static final WindowSpec WINDOW = new WindowSpec(10, 4, 1);
  private static final SplitSpec ALL = new SplitSpec(0, 0, 0, 0, 0);
  private static final BatchCutter CUTTER =
      new BatchCutter(WINDOW, SeriesLayout.of("a", "b"), CalendarSpec.NONE);

  private static WindowSampler sampler(Order order, long seed, int shard, List<Segment> segments) {
    return sampler(order, HoldoutBlock.NONE, seed, shard, segments);
  }

  private static WindowSampler sampler(
      Order order, HoldoutBlock cut, long seed, int shard, List<Segment> segments) {
    return new WindowSampler(
        List.of(new Block(segments)),
        CUTTER,
        ALL,
        new SamplingSpec(order, .5),
        cut,
        new ShardSeed(seed, shard));
  }

  private static List<String> draw(WindowSampler sampler, int batchSize, long from, int steps) {
    WindowBatch batch = CUTTER.newBatch(batchSize);
    List<String> drawn = new ArrayList<>();
    for (long step = from; step < from + steps; step++) {
      sampler.fill(batch, step);
      for (int i = 0; i < batch.size(); i++) {
        Segment s = batch.segment(i);
        drawn.add(s.seriesId() + "/" + batch.channel(i) + "/" + (s.seriesStep() + batch.origin(i)));
      }
    }
    return drawn;
  }

  @Test
  void permutesEveryRange() {
    for (long size : new long[] {1, 2, 3, 4, 5, 16, 17, 1000, 4097, 65_536, 100_003}) {
      for (long key : new long[] {0, 1, -77}) {
        Permutation permutation = new Permutation(size, key);
        long[] image = LongStream.range(0, size).map(permutation::at).sorted().toArray();
        assertThat(image).isEqualTo(LongStream.range(0, size).toArray());
      }
    }
  }

  @Test
  void permutesWithoutVisibleOrder() {
    Permutation permutation = new Permutation(100_000, 5);
    double ascents =
        LongStream.range(0, 99_999).filter(i -> permutation.at(i) < permutation.at(i + 1)).count();
    assertThat(ascents / 99_999).isCloseTo(.5, within(.01));
    double correlation = 0;
    for (long i = 0; i < 100_000; i++) {
      correlation += (i / 1e5 - .5) * (permutation.at(i) / 1e5 - .5) * 12 / 1e5;
    }
    assertThat(correlation).isCloseTo(0, within(.015));
  }

  @Test
  void drawsEveryWindowOnceAnEpochInANewOrderEach() {
    List<Segment> fleet = SampleSeries.fleet(12, 2, 3);
    WindowSampler sampler = sampler(Order.PERMUTATION, 1, 0, fleet);
    int windows = (int) sampler.windows();
    List<String> drawn = draw(sampler, 1, 0, 2 * windows);
    assertThat(new HashSet<>(drawn.subList(0, windows))).hasSize(windows);
    assertThat(new HashSet<>(drawn.subList(windows, 2 * windows))).hasSize(windows);
    assertThat(drawn.subList(0, windows)).isNotEqualTo(drawn.subList(windows, 2 * windows));
  }

  @Test
  void givesTheSameMinibatchInWhateverOrderStepsAreAsked() {
    List<Segment> fleet = SampleSeries.fleet(12, 2, 3);
    for (Order order : Order.values()) {
      List<String> inOrder = draw(sampler(order, 9, 2, fleet), 32, 0, 400);
      WindowSampler other = sampler(order, 9, 2, fleet);
      for (int step : new int[] {399, 7, 250, 0}) {
        assertThat(draw(other, 32, step, 1)).isEqualTo(inOrder.subList(step * 32, step * 32 + 32));
      }
      assertThat(draw(sampler(order, 10, 2, fleet), 32, 0, 1)).isNotEqualTo(inOrder.subList(0, 32));
      assertThat(draw(sampler(order, 9, 3, fleet), 32, 0, 1)).isNotEqualTo(inOrder.subList(0, 32));
    }
  }

  @Test
  void drawsSeriesAlikeHoweverLongAndHoweverCut() {
    Segment tall = SampleSeries.series("long", 2000, 2, 1);
    List<Segment> segments = new ArrayList<>(SegmentCutter.cut(tall, WINDOW, 300));
    segments.add(SampleSeries.series("short", 60, 2, 2));
    segments.add(SampleSeries.series("empty", 12, 2, 3));
    assertThat(segments.size()).isGreaterThan(7);
    assertThat(share(Order.SERIES_UNIFORM, segments, "short")).isCloseTo(.5, within(.02));
    assertThat(share(Order.PERMUTATION, segments, "short")).isCloseTo(47.0 / 2034, within(.005));
    double root = Math.sqrt(47);
    assertThat(share(Order.WEIGHTED, segments, "short"))
        .isCloseTo(root / (root + Math.sqrt(1987)), within(.02));
    segments.set(segments.size() - 2, segments.get(segments.size() - 2).withWeight(3));
    assertThat(share(Order.WEIGHTED, segments, "short"))
        .isCloseTo(3 * root / (3 * root + Math.sqrt(1987)), within(.02));
  }

  private static double share(Order order, List<Segment> segments, String series) {
    List<String> drawn = draw(sampler(order, 4, 0, segments), 64, 0, 200);
    return drawn.stream().filter(w -> w.startsWith(series)).count() / (double) drawn.size();
  }

  @Test
  void drawsAllOriginsOfASeriesAlike() {
    Segment tall = SampleSeries.series("a", 213, 2, 1);
    List<Segment> cut = SegmentCutter.cut(tall, WINDOW, 40);
    Map<String, Integer> counts = new HashMap<>();
    draw(sampler(Order.SERIES_UNIFORM, 4, 0, cut), 100, 0, 400)
        .forEach(w -> counts.merge(w, 1, Integer::sum));
    assertThat(counts).hasSize(2 * 200);
    double chiSquare =
        counts.values().stream().mapToDouble(n -> (n - 100) * (n - 100) / 100.0).sum();
    assertThat(chiSquare).isBetween(399 - 4 * 28.2, 399 + 4 * 28.2);
  }

  @Test
  void leavesTheBatchEmptyWhereNothingCanBeTrained() {
    for (Order order : Order.values()) {
      WindowSampler none = sampler(order, 1, 0, List.of(SampleSeries.series("a", 5, 2, 1)));
      assertThat(none.windows()).isZero();
      assertThat(draw(none, 8, 0, 2)).isEmpty();
    }
  }
}
