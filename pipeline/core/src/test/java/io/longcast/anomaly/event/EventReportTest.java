package io.longcast.anomaly.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class EventReportTest {
  private static final int SEASON = 24;
  private static final int START = 200;
  private static final int LENGTH = 300;

  private static double usual(int step) {
    return 50 + 10 * Math.sin(2 * Math.PI * step / SEASON);
  }

  private static EventReport report(
      int end, ComponentSpec.Kind part, boolean isMissing, IntToDoubleFunction change) {
    Event event = new Event(START, end, end + 7, 9, START, List.of(0), .71, part, .5);
    return report(START, end, event, isMissing, change);
  }

  private static EventReport report(
      int from, int end, Event event, boolean isMissing, IntToDoubleFunction change) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[LENGTH];
    long[] observed = new long[(LENGTH + 63) / 64];
    for (int step = 0; step < LENGTH; step++) {
      double noise = random.nextDouble() - .5;
      boolean inside = step >= from && step < end;
      values[step] = (float) (inside ? change.applyAsDouble(step) : usual(step) + noise);
      if (!inside || !isMissing) {
        observed[step >> 6] |= 1L << (step & 63);
      }
    }
    GridAxis axis =
        new GridAxis(Instant.parse("2024-01-01T00:00:00Z"), Frequency.parse("1h"), ZoneOffset.UTC);
    Segment segment =
        Segment.whole(
            "pump", axis, LENGTH, new float[][] {values}, new long[][] {observed}, new int[0]);
    EventReport.Expected expected =
        new EventReport.Expected() {
          @Override
          public double value(int channel, int step) {
            return usual(step);
          }

          @Override
          public float spread(int channel, int step) {
            return .6f;
          }
        };
    return EventReport.of(event, segment, expected, SEASON, List.of("pressure"));
  }

  private static EventKind kind(int length, IntToDoubleFunction change) {
    return report(START + length, ComponentSpec.Kind.STANDARDISED_RESIDUAL, false, change).kind();
  }

  @Test
  void namesWhatTheValuesDid() {
    assertThat(kind(1, step -> usual(step) + 12)).isEqualTo(EventKind.SPIKE);
    assertThat(kind(40, step -> usual(step) + 12)).isEqualTo(EventKind.SHIFT);
    assertThat(kind(40, step -> usual(step) + .5 * (step - START))).isEqualTo(EventKind.DRIFT);
    assertThat(kind(40, step -> usual(step) + (step % 3 - 1) * 12)).isEqualTo(EventKind.VARIANCE);
    assertThat(kind(20, step -> usual(START))).isEqualTo(EventKind.STUCK);
    assertThat(report(START + 20, ComponentSpec.Kind.MISSING, true, step -> 50).kind())
        .isEqualTo(EventKind.MISSING);
    assertThat(report(START + 5, ComponentSpec.Kind.SHAPE, false, EventReportTest::usual).kind())
        .isEqualTo(EventKind.SHAPE);
  }

  @Test
  void tellsAShiftFromADriftThoughTheEventBeginsLateAndEndsLate() {
    assertThat(late(step -> 8)).isEqualTo(EventKind.SHIFT);
    assertThat(late(step -> .25 * (step - START + 30))).isEqualTo(EventKind.DRIFT);
  }

  /** A fault from 30 steps before the event to 10 before its end. */
  private static EventKind late(IntToDoubleFunction off) {
    return report(
            START - 30,
            START + 30,
            new Event(START, START + 40, START + 47, 9, START, List.of(0), .7, null, .5),
            false,
            step -> usual(step) + off.applyAsDouble(step))
        .kind();
  }

  @Test
  void saysItInWordsAndNumbers() {
    EventReport spike =
        report(
            START + 1, ComponentSpec.Kind.STANDARDISED_RESIDUAL, false, step -> usual(step) + 12);
    assertThat(spike.evidence())
        .isEqualTo(
            "pressure: expected 58.7 ± 0.600, saw 70.7; 24.0 times the usual error; pressure"
                + " carries 71 %");
    assertThat(report(START + 20, ComponentSpec.Kind.MISSING, true, step -> 50).evidence())
        .isEqualTo("pressure: expected 58.7 ± 0.600, no value at 20 steps; pressure carries 71 %");
  }

  @Test
  void pointsToTheStretchOfThePastThatRanAlike() {
    EventReport shift = report(START + 18, ComponentSpec.Kind.LEVEL, false, EventReportTest::usual);
    assertThat(shift.similar()).startsWith("pump 2024-01-0").contains("24 steps, correlation 1.00");
  }
}
