package io.longcast.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.series.CalendarFeature;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the time to draw and cut a minibatch of 64 windows of 48 + 24 steps, with the covariates
 * of a four-feature network. Speed is printed, not asserted.
 */
@Tag("long")
class CutterSpeedTest {
  private static final Logger LOG = LoggerFactory.getLogger(CutterSpeedTest.class);
  private static final int SERIES = 500;
  private static final int LENGTH = 2000;

  @Test
  void printsMicrosecondsAMinibatch() {
    List<Segment> gaps = fleet(true);
    CalendarSpec day = CalendarSpec.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.WEEKEND);
    CalendarSpec full = CalendarSpec.forFrequency(SampleSeries.HOURLY.frequency());
    double plain = measure("no calendar, all observed", fleet(false), CalendarSpec.NONE);
    measure("no calendar, with gaps", gaps, CalendarSpec.NONE);
    measure("hour of day and weekend (F = 4)", gaps, day);
    measure("seven calendar columns", gaps, full);
    assertThat(plain).isPositive();
  }

  private static List<Segment> fleet(boolean gaps) {
    return java.util.stream.IntStream.range(0, SERIES).mapToObj(i -> series(i, gaps)).toList();
  }

  private static Segment series(int i, boolean gaps) {
    Segment s = SampleSeries.series("s" + i, LENGTH, 1, i);
    return gaps ? s : Segment.of("s" + i, SampleSeries.HOURLY, s.row(0).toFloats());
  }

  private static double measure(String what, List<Segment> fleet, CalendarSpec calendar) {
    BatchCutter cutter = new BatchCutter(new WindowSpec(48, 24, 1), SeriesLayout.of("a"), calendar);
    double best = Double.POSITIVE_INFINITY;
    for (SamplingSpec.Order order : SamplingSpec.Order.values()) {
      WindowSampler sampler =
          new WindowSampler(
              List.of(new Block(fleet)),
              cutter,
              new SplitSpec(0, 0, 0, 0, 0),
              new SamplingSpec(order, .5),
              HoldoutBlock.NONE,
              new ShardSeed(1, 0));
      WindowBatch batch = cutter.newBatch(64);
      double[] micros = new double[9];
      long step = 0;
      for (int round = 0; round < micros.length; round++) {
        long start = System.nanoTime();
        for (int k = 0; k < 5000; k++) {
          sampler.fill(batch, step++);
        }
        micros[round] = (System.nanoTime() - start) / 5000e3;
      }
      Arrays.sort(micros);
      best = Math.min(best, micros[0]);
      LOG.info(
          "64 windows of 48 + 24 steps, {}, {}: {} us (median {})",
          what,
          order,
          String.format("%.1f", micros[0]),
          String.format("%.1f", micros[4]));
    }
    return best;
  }
}
