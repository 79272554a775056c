package io.longcast.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.series.CalendarSpec;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.window.SamplingSpec.Order;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What members of an ensemble leave out. */
@Tag("once")
class HoldoutBlockTest {
  private static final SplitSpec SPLIT = new SplitSpec(1, 1, 0, 0, 0);

  private static WindowSpec window(int stride) {
    return new WindowSpec(10, 4, stride);
  }

  /** Every training window of a fleet by name, in one epoch. */
  private static Set<String> windows(List<Segment> segments, WindowSpec window, HoldoutBlock cut) {
    BatchCutter cutter = new BatchCutter(window, SeriesLayout.of("a", "b"), CalendarSpec.NONE);
    SamplingSpec everyOne = new SamplingSpec(Order.PERMUTATION, .5);
    WindowSampler sampler =
        new WindowSampler(
            List.of(new Block(segments)), cutter, SPLIT, everyOne, cut, new ShardSeed(1, 0));
    WindowBatch batch = cutter.newBatch(1);
    Set<String> all = new TreeSet<>();
    for (long step = 0; step < sampler.windows(); step++) {
      sampler.fill(batch, step);
      Segment s = batch.segment(0);
      all.add(s.seriesId() + "/" + batch.channel(0) + "/" + (s.seriesStep() + batch.origin(0)));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyWindowIsLeftOutByOneMember(int stride) {
    List<Segment> fleet =
        SampleSeries.fleet(12, 2, 3).stream().filter(one -> one.length() >= 40).toList();
    Set<String> all = windows(fleet, window(stride), HoldoutBlock.NONE);
    Set<String> leftOut = new HashSet<>();
    for (int member = 0; member < 4; member++) {
      Set<String> kept = windows(fleet, window(stride), new HoldoutBlock(member, 4));
      assertThat(all).containsAll(kept);
      for (String window : all) {
        if (!kept.contains(window)) {
          assertThat(leftOut.add(window)).as(window).isTrue();
        }
      }
      assertThat(kept.size()).isBetween(7 * all.size() / 10, 8 * all.size() / 10);
    }
    assertThat(leftOut).isEqualTo(all);
  }

  @Test
  void aSeriesOfFewerWindowsThanPartsLeavesNothingOut() {
    // 10 before the first origin, three horizons of 4 held back, 3 origins and 2 channels.
    List<Segment> few = List.of(SampleSeries.series("few", 24, 2, 1));
    Set<String> all = windows(few, window(1), HoldoutBlock.NONE);
    assertThat(all).hasSize(6);
    assertThat(windows(few, window(1), new HoldoutBlock(2, 4))).isEqualTo(all);
    assertThat(windows(few, window(1), new HoldoutBlock(2, 3))).hasSize(4);
  }

  @Test
  void leavesOutAStretchOfTimeThatDiffersFromSeriesToSeries() {
    List<Segment> fleet =
        List.of(SampleSeries.series("a", 122, 2, 1), SampleSeries.series("b", 122, 2, 2));
    Set<String> all = windows(fleet, window(1), HoldoutBlock.NONE);
    Set<String> kept = windows(fleet, window(1), new HoldoutBlock(1, 5));
    Set<Integer> ofA = origins(all, kept, "a");
    Set<Integer> ofB = origins(all, kept, "b");
    // Training origins 10 to 110, 101 of them.
    assertThat(ofA).hasSizeBetween(20, 21);
    assertThat(java.util.Collections.max(ofA) - java.util.Collections.min(ofA) + 1)
        .isEqualTo(ofA.size());
    assertThat(ofB).isNotEqualTo(ofA);
  }

  private static Set<Integer> origins(Set<String> all, Set<String> kept, String series) {
    return all.stream()
        .filter(window -> window.startsWith(series + "/0/") && !kept.contains(window))
        .map(window -> Integer.parseInt(window.substring(window.lastIndexOf('/') + 1)))
        .collect(Collectors.toSet());
  }

  @Test
  void doesNotDependOnHowASeriesIsSegmented() {
    Segment tall = SampleSeries.series("tall", 2000, 2, 1);
    List<Segment> segments = SegmentCutter.cut(tall, window(1), 300);
    assertThat(segments.size()).isGreaterThan(5);
    for (int member = 0; member < 3; member++) {
      HoldoutBlock cut = new HoldoutBlock(member, 3);
      assertThat(windows(segments, window(1), cut))
          .isEqualTo(windows(List.of(tall), window(1), cut));
    }
  }

  @Test
  void refusesAPartThatIsNone() {
    assertThatThrownBy(() -> new HoldoutBlock(3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("part 0..2 of 3, found 3");
  }
}
