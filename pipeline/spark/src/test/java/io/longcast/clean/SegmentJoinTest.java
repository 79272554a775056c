package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SegmentCodec;
import io.longcast.series.SeriesLayout;
import io.longcast.series.SeriesValues;
import io.longcast.series.TimeAxis;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentJoinTest {
  private static final SeriesLayout LAYOUT =
      new SeriesLayout(List.of("heat", "hum"), List.of("load"), List.of("price"), List.of());
  private static final int STEPS = 200;
  private static final int FUTURE = 24;
  private static final int LIMIT = 5;
  private static final int PERIOD = 12;

  private static CleanSpec spec(CleanSpec.Gaps gaps) {
    return new CleanSpec(
        CleanSpec.Grid.REGULAR,
        "1h",
        "UTC",
        CleanSpec.Anchor.AUTO,
        CleanSpec.Snap.AUTO,
        1,
        CleanSpec.Duplicates.LAST,
        java.util.Map.of(),
        CleanSpec.Aggregation.MEAN,
        gaps,
        LIMIT,
        PERIOD,
        1,
        1000,
        CleanSpec.Policy.KEEP,
        CleanSpec.Policy.DROP,
        0);
  }

  private static SegmentJoin join(CleanSpec.Gaps gaps) {
    return new SegmentJoin(spec(gaps), 2, LAYOUT.firstKnownRow());
  }

  private static GridAxis axis(String frequency, ZoneId zone) {
    return new GridAxis(Instant.parse("2024-03-28T00:00:00Z"), Frequency.parse(frequency), zone);
  }

  /** Values with gaps in both channels, among them long ones; covariates without. */
  private static float[][] values(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] values = new float[LAYOUT.rows()][STEPS + FUTURE];
    for (float[] row : values) {
      for (int step = 0; step < row.length; step++) {
        row[step] = (float) random.nextDouble();
      }
    }
    for (int channel = 0; channel < 2; channel++) {
      for (int gap = 0; gap < 12; gap++) {
        int from = random.nextInt(1, STEPS);
        Arrays.fill(values[channel], from, Math.min(STEPS, from + random.nextInt(1, 9)), Float.NaN);
      }
    }
    for (int row = 0; row < 3; row++) {
      Arrays.fill(values[row], STEPS, STEPS + FUTURE, Float.NaN);
    }
    values[0][STEPS - 1] = 1;
    return values;
  }

  /** The steps {@code [from, to)} as cleaning makes a series of them. */
  private static Segment cleaned(
      float[][] values, TimeAxis axis, int from, int to, CleanSpec.Gaps gaps) {
    double[][] part = new double[values.length][to + FUTURE - from];
    for (int row = 0; row < part.length; row++) {
      for (int step = 0; step < part[row].length; step++) {
        part[row][step] = values[row][from + step];
      }
      if (row < LAYOUT.firstKnownRow()) {
        Arrays.fill(part[row], to - from, to - from + FUTURE, Double.NaN);
      }
    }
    return new PackedSeries(LAYOUT, part, to - from + FUTURE)
        .segment("a", axis.from(from), new int[0], new GapFiller(gaps, LIMIT, PERIOD));
  }

  private static void requireSame(Segment joined, Segment whole) {
    int first = (int) joined.seriesStep();
    Segment suffix =
        whole.slice(
            first, whole.length(), whole.length() + FUTURE, first, first + joined.length() + 1);
    Segment same =
        new Segment(
            "a",
            first,
            whole.length(),
            suffix.axis(),
            suffix.length(),
            new SeriesValues[] {suffix.row(0), suffix.row(1), suffix.row(2), suffix.row(3)},
            bits(suffix),
            new int[0],
            0,
            suffix.length() + 1,
            1);
    for (int row = 0; row < LAYOUT.rows(); row++) {
      assertThat(joined.row(row).toDoubles()).isEqualTo(same.row(row).toDoubles());
    }
    assertThat(Arrays.equals(bytes(joined), bytes(same))).isTrue();
  }

  /** All of a segment, its values as floats: stretches may be cut elsewhere. */
  private static byte[] bytes(Segment segment) {
    float[][] rows = new float[segment.rows()][];
    Arrays.setAll(rows, row -> segment.row(row).toFloats());
    return new SegmentCodec()
        .bytes(
            new Segment(
                segment.seriesId(),
                segment.seriesStep(),
                segment.seriesLength(),
                segment.axis(),
                segment.length(),
                SeriesValues.rows(rows),
                bits(segment),
                segment.statics(),
                segment.originFrom(),
                segment.originTo(),
                segment.weight()));
  }

  private static long[][] bits(Segment segment) {
    long[][] bits = new long[2][(segment.length() + 63) / 64];
    for (int c = 0; c < 2; c++) {
      for (int step = 0; step < segment.length(); step++) {
        bits[c][step >> 6] |= segment.isObserved(c, step) ? 1L << (step & 63) : 0;
      }
    }
    return bits;
  }

  /** Whatever the input holds of what is known: nothing, some days, or all. */
  @ParameterizedTest
  @EnumSource(
      value = CleanSpec.Gaps.class,
      names = {"HOLD", "LEAVE", "SEASONAL"})
  void givesTheSeriesThatCleaningMakesOfAllSteps(CleanSpec.Gaps gaps) {
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < 200; trial++) {
      float[][] values = values(trial);
      int cut = random.nextInt(40, STEPS - 1);
      // Where a channel of an input ends or begins unobserved, the series begin and end with one
      // that is not: a segment has no steps before or after its values.
      values[1][cut] = 1;
      values[1][cut - 1] = 1;
      int kept = random.nextInt(0, cut - 30);
      int from = List.of(0, kept / 2, random.nextInt(0, cut + 1), cut).get(trial % 4);
      values[0][from] = 1;
      GridAxis axis = axis("1h", ZoneOffset.UTC);
      Segment past = cleaned(values, axis, 0, cut, gaps);
      Segment tail = past.slice(kept, cut, cut + FUTURE, kept, cut + 1);
      Segment next = cleaned(values, axis, from, STEPS, gaps);
      SegmentJoin.Joined joined = join(gaps).join(tail, next);
      assertThat(joined.kind()).isEqualTo(SegmentJoin.Kind.CONNECTS);
      assertThat(joined.late()).isEmpty();
      requireSame(joined.segment(), cleaned(values, axis, 0, STEPS, gaps));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CleanSpec.Gaps.class,
      names = {"HOLD", "SEASONAL"})
  void fillsMissingStepsAsCleaningDoes(CleanSpec.Gaps gaps) {
    for (int missing : new int[] {1, LIMIT, LIMIT + 1, 40}) {
      float[][] values = values(missing);
      for (int row = 0; row < 3; row++) {
        Arrays.fill(values[row], 100, 100 + missing, Float.NaN);
      }
      values[0][99] = 3;
      values[0][100 + missing] = 4;
      GridAxis axis = axis("1h", ZoneOffset.UTC);
      Segment past = cleaned(values, axis, 0, 100, gaps);
      Segment next = cleaned(values, axis, 100 + missing, STEPS, gaps);
      SegmentJoin.Joined joined = join(gaps).join(past, next);
      assertThat(joined.kind()).isEqualTo(SegmentJoin.Kind.GAP);
      assertThat(joined.gap()).isEqualTo(missing);
      Segment whole = cleaned(values, axis, 0, STEPS, gaps);
      for (int row = 0; row < 3; row++) {
        assertThat(joined.segment().row(row).toDoubles()).isEqualTo(whole.row(row).toDoubles());
      }
    }
  }

  /** Steps of days over a change of the clock. */
  @Test
  void followsTheCalendarOfTheZone() {
    GridAxis axis = axis("1d", ZoneId.of("Europe/Berlin"));
    float[][] values = values(1);
    Segment past = cleaned(values, axis, 0, 3, CleanSpec.Gaps.HOLD);
    Segment next = cleaned(values, axis, 3, STEPS, CleanSpec.Gaps.HOLD);
    SegmentJoin.Joined joined = join(CleanSpec.Gaps.HOLD).join(past, next);
    assertThat(joined.kind()).isEqualTo(SegmentJoin.Kind.CONNECTS);
    assertThat(joined.segment().length()).isEqualTo(STEPS);
  }

  @ParameterizedTest
  @CsvSource({"2024-03-29T12:00:00Z, NOTHING_NEW", "2024-03-20T00:00:00Z, NOTHING_NEW"})
  void knowsThatNothingIsNew(Instant start, SegmentJoin.Kind kind) {
    GridAxis axis = axis("1h", ZoneOffset.UTC);
    Segment past = Segment.of("a", axis, new float[100]);
    GridAxis other = new GridAxis(start, axis.frequency(), axis.zone());
    SegmentJoin.Joined joined =
        new SegmentJoin(spec(CleanSpec.Gaps.HOLD), 1, 1)
            .join(past, Segment.of("a", other, new float[30]));
    assertThat(joined.kind()).isEqualTo(kind);
    assertThat(joined.isNew()).isFalse();
  }

  @Test
  void refusesAnotherGrid() {
    Segment past = Segment.of("a", axis("1h", ZoneOffset.UTC), new float[100]);
    SegmentJoin join = new SegmentJoin(spec(CleanSpec.Gaps.HOLD), 1, 1);
    GridAxis shifted =
        new GridAxis(Instant.parse("2024-04-03T00:07:00Z"), Frequency.parse("1h"), ZoneOffset.UTC);
    assertThat(join.join(past, Segment.of("a", shifted, 1, 2)).kind())
        .isEqualTo(SegmentJoin.Kind.OFF_GRID);
    GridAxis coarser =
        new GridAxis(Instant.parse("2024-04-03T00:00:00Z"), Frequency.parse("2h"), ZoneOffset.UTC);
    assertThat(join.join(past, Segment.of("a", coarser, 1, 2)).kind())
        .isEqualTo(SegmentJoin.Kind.OFF_GRID);
  }

  /** A clock that jumped: 1000 steps at most. */
  @Test
  void refusesStepsTooFarAhead() {
    Segment past = Segment.of("a", axis("1h", ZoneOffset.UTC), new float[100]);
    GridAxis far =
        new GridAxis(Instant.parse("2024-06-28T00:00:00Z"), Frequency.parse("1h"), ZoneOffset.UTC);
    SegmentJoin.Joined joined =
        new SegmentJoin(spec(CleanSpec.Gaps.HOLD), 1, 1).join(past, Segment.of("a", far, 1, 2));
    assertThat(joined.kind()).isEqualTo(SegmentJoin.Kind.TOO_FAR);
    assertThat(joined.gap()).isEqualTo(92 * 24 - 100);
    assertThat(joined.segment()).isSameAs(past);
  }

  /** Step 20 was missing and comes with later ones; step 10 came in time. */
  @Test
  void listsStepsThatComeLate() {
    GridAxis axis = axis("1h", ZoneOffset.UTC);
    long[] bits = {-1L & ~(1L << 20)};
    Segment past =
        Segment.whole(
            "a", axis, 50, new float[][] {new float[50]}, new long[][] {bits}, new int[0]);
    float[] values = new float[60];
    values[20] = 7;
    SegmentJoin join = new SegmentJoin(spec(CleanSpec.Gaps.HOLD), 1, 1);
    SegmentJoin.Joined joined = join.join(past, Segment.of("a", axis, values));
    assertThat(joined.kind()).isEqualTo(SegmentJoin.Kind.CONNECTS);
    assertThat(joined.late())
        .containsExactly(new SegmentJoin.LateStep(axis.instant(20).orElseThrow(), List.of(7.0)));
    assertThat(joined.segment().isObserved(0, 20)).isFalse();
    assertThat(joined.segment().row(0).get(20)).isZero();
  }

  @Test
  void rowsWithoutAGridGoOnAfterTheNewestTime() {
    Segment past = Segment.of("a", new RowAxis(0, new long[] {10, 30, 20}), 1, 2, 3);
    SegmentJoin join = new SegmentJoin(spec(CleanSpec.Gaps.HOLD), 1, 1);
    Segment overlapping =
        Segment.of("a", new RowAxis(0, new long[] {10, 30, 20, 31, 25, 40}), 1, 2, 3, 4, 5, 6);
    Segment alone = Segment.of("a", new RowAxis(0, new long[] {31, 25, 40}), 4, 5, 6);
    for (Segment next : List.of(overlapping, alone)) {
      SegmentJoin.Joined joined = join.join(past, next);
      assertThat(joined.kind()).isEqualTo(SegmentJoin.Kind.CONNECTS);
      assertThat(joined.segment().row(0).toDoubles()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(joined.segment().axis())
          .isEqualTo(new RowAxis(0, new long[] {10, 30, 20, 31, 25, 40}));
    }
    assertThat(join.join(overlapping, alone).kind()).isEqualTo(SegmentJoin.Kind.NOTHING_NEW);
  }
}
