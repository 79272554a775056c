package io.longcast.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.scale.Level;
import io.longcast.scale.Scale;
import io.longcast.scale.ScalingSpec;
import io.longcast.scale.Spread;
import io.longcast.scale.Transform;
import io.longcast.scale.WindowScaler;
import io.longcast.series.CalendarFeature;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.series.SeriesValues;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCutterTest {
  private static final WindowSpec WINDOW = new WindowSpec(12, 5, 1);
  private static final SeriesLayout LAYOUT =
      new SeriesLayout(List.of("a", "b"), List.of("p"), List.of("k"), List.of("site"));
  private static final CalendarSpec CALENDAR =
      CalendarSpec.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.WEEKEND);

  /** Four rows (two channels, a past and a known covariate that goes on), gaps, one category. */
  private static Segment series(int length, int knownLength, long seed) {
    Random random = new Random(seed);
    float[][] values = {
      new float[length], new float[length], new float[length], new float[knownLength]
    };
    for (float[] row : values) {
      for (int t = 0; t < row.length; t++) {
        row[t] = random.nextFloat();
      }
    }
    long[] bits = new long[(length + 63) / 64];
    Arrays.setAll(bits, i -> random.nextLong());
    return Segment.whole(
        "s", SampleSeries.HOURLY, length, values, new long[][] {bits, null}, new int[] {3});
  }

  /** One number of a window by definition: the value, or what padding and the future hold. */
  private static float at(float[] row, int step, boolean holdsLast) {
    if (step < 0) {
      return row[0];
    }
    return step < row.length ? row[step] : holdsLast ? row[row.length - 1] : 0;
  }

  @Test
  void showsAClassifierWhatWasObservedOfTheOtherChannels() {
    SeriesLayout labelled =
        new SeriesLayout(List.of("a", "b", "label"), List.of(), List.of(), List.of());
    float[][] rows = {{1, 2, 3, 4}, {5, 6, 6, 8}, {0, 1, 1, 0}};
    Segment segment =
        Segment.whole(
            "s", SampleSeries.HOURLY, 4, rows, new long[][] {null, {0b1011}, null}, new int[0]);
    CutterSpec spec =
        new CutterSpec(new WindowSpec(5, 1, 1), labelled, new CalendarSpec(List.of()), true, true);
    WindowBatch batch = spec.open().newBatch(1);
    spec.open().cut(segment, 0, 3, batch);
    assertThat(batch.pastCovariates()).isEqualTo(2);
    assertThat(batch.past()).containsExactly(5, 5, 6, 6, 8, 1, 1, 1, 0, 1);
    assertThat(batch.target()[0]).isZero();
  }

  @Test
  void cutsWhatTheDefinitionSaysForWholeAndCutSeries() {
    Segment whole = series(200, 203, 1);
    SplitSpec everything = new SplitSpec(0, 0, 0, 1, 0);
    BatchCutter cutter = new BatchCutter(WINDOW, LAYOUT, CALENDAR, true);
    int windows = 0;
    for (int most : new int[] {200, 40}) {
      Block block = new Block(SegmentCutter.cut(whole, WINDOW, most));
      for (Split part : new Split[] {Split.TRAIN, Split.FUTURE}) {
        WindowScan scan = new WindowScan(List.of(block).iterator(), cutter, everything, part);
        WindowBatch batch = cutter.newBatch(7);
        while (scan.next(batch)) {
          windows += batch.size();
          for (int i = 0; i < batch.size(); i++) {
            check(whole, batch, i);
          }
        }
      }
    }
    assertThat(windows).isEqualTo(2 * 2 * (195 + 1));
  }

  private static void check(Segment whole, WindowBatch batch, int i) {
    int origin = (int) batch.segment(i).seriesStep() + batch.origin(i);
    int channel = batch.channel(i);
    int first = origin - 12;
    assertThat(batch.padding(i)).isEqualTo(Math.max(0, -first));
    for (int t = 0; t < 12; t++) {
      int step = first + t;
      boolean real = step >= 0;
      assertThat(batch.context()[i * 12 + t])
          .isEqualTo(at(whole.row(channel).toFloats(), step, false));
      assertThat(batch.contextObserved()[i * 12 + t])
          .isEqualTo(real && whole.isObserved(channel, step) ? 1 : 0);
      assertThat(batch.past()[(i * 2) * 12 + t])
          .isEqualTo(at(whole.row(2).toFloats(), step, false));
      assertThat(batch.past()[(i * 2 + 1) * 12 + t])
          .isEqualTo(at(whole.row(1 - channel).toFloats(), step, false));
    }
    for (int t = 0; t < 5; t++) {
      boolean real = origin + t < whole.length();
      assertThat(batch.target()[i * 5 + t])
          .isEqualTo(at(whole.row(channel).toFloats(), origin + t, false));
      assertThat(batch.targetObserved()[i * 5 + t])
          .isEqualTo(real && whole.isObserved(channel, origin + t) ? 1 : 0);
    }
    for (int t = 0; t < 17; t++) {
      assertThat(batch.known()[i * 4 * 17 + t])
          .isEqualTo(at(whole.row(3).toFloats(), first + t, true));
      double hour = Math.floorMod(first + t, 24) / 24.0;
      assertThat(batch.known()[(i * 4 + 1) * 17 + t])
          .isCloseTo((float) Math.sin(2 * Math.PI * hour), within(1e-6f));
    }
    assertThat(batch.statics()[i]).isEqualTo(3);
  }

  @Test
  void readsNothingPastTheOriginButTargetsAndKnownCovariates() {
    int origin = 60;
    Segment clean = series(100, 120, 5);
    Segment poisoned = series(100, 120, 5);
    poisoned = SampleSeries.poisoned(poisoned, 3, origin);
    BatchCutter cutter = new BatchCutter(WINDOW, LAYOUT, CALENDAR, true);
    for (int channel = 0; channel < 2; channel++) {
      WindowBatch expected = cutter.newBatch(1);
      WindowBatch found = cutter.newBatch(1);
      cutter.cut(clean, channel, origin, expected);
      cutter.cut(poisoned, channel, origin, found);
      assertThat(found.context()).isEqualTo(expected.context());
      assertThat(found.past()).isEqualTo(expected.past());
      assertThat(found.known()).isEqualTo(expected.known());
      assertThat(found.target()).containsOnly(Float.NaN);
    }
  }

  /** What is trained and calibrated before the validation part cannot see what comes after. */
  @Test
  void keepsPoisonOfLaterPartsOutOfEarlierOnes() {
    SplitSpec splits = new SplitSpec(2, 1, 0, 1, 7);
    BatchCutter cutter = new BatchCutter(WINDOW, LAYOUT, CALENDAR, true);
    Split[] parts = {Split.TRAIN, Split.CALIBRATION, Split.VALIDATION};
    int[] ends = {100 - 7 - 15, 100 - 7 - 10, 100 - 7};
    for (int p = 0; p < parts.length; p++) {
      Segment poisoned = series(100, 120, 8);
      poisoned = SampleSeries.poisoned(poisoned, 3, ends[p]);
      assertThat(sum(poisoned, cutter, splits, parts[p])).isFinite();
      poisoned = SampleSeries.poisoned(poisoned, 1, ends[p] - 1);
      assertThat(sum(poisoned, cutter, splits, parts[p])).isNaN();
    }
  }

  private static double sum(Segment segment, BatchCutter cutter, SplitSpec splits, Split part) {
    Block block = new Block(List.of(segment));
    WindowScan scan = new WindowScan(List.of(block).iterator(), cutter, splits, part);
    WindowBatch batch = cutter.newBatch(200);
    assertThat(scan.next(batch)).isTrue();
    double sum = 0;
    for (float[] array : List.of(batch.context(), batch.past(), batch.target())) {
      for (float x : array) {
        sum += x;
      }
    }
    return sum;
  }

  @Test
  void refusesAnOriginWithoutContext() {
    BatchCutter cutter = new BatchCutter(WINDOW, LAYOUT, CALENDAR);
    Segment segment = series(100, 120, 1);
    assertThatThrownBy(() -> cutter.cut(segment, 0, 0, cutter.newBatch(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no context before origin 0");
  }

  /** A meter at 1.5e9 is seen like one at zero: what is measured from its own value is the same. */
  @Test
  void windowsOfALargeLevelHoldTheSameDifferences() {
    Segment plain = series(100, 120, 9);
    Segment lifted = SampleSeries.lifted(plain, 1.5e9);
    BatchCutter cutter = new BatchCutter(WINDOW, LAYOUT, CALENDAR, true);
    WindowScaler scaler =
        new WindowScaler(
            new ScalingSpec(Transform.NONE, Level.LAST_SEASON, Spread.DEVIATION, 20, true), 4, 12);
    for (int origin : new int[] {5, 60, 97}) {
      WindowBatch low = cutter.newBatch(1);
      WindowBatch high = cutter.newBatch(1);
      cutter.cut(plain, 1, origin, low);
      cutter.cut(lifted, 1, origin, high);
      double last = plain.row(1).get(origin - 1);
      assertThat(high.offset(0)).isEqualTo(1.5e9 + last);
      float[] lowScaled = new float[12];
      float[] highScaled = new float[12];
      Scale scale = new Scale();
      scaler.fit(high.context(), high.contextObserved(), 0, scale, highScaled);
      float target = scale.scaled(high.target()[0]);
      scaler.fit(low.context(), low.contextObserved(), 0, scale, lowScaled);
      assertThat(highScaled).usingComparatorWithPrecision(1e-4f).containsExactly(lowScaled);
      assertThat(target).isCloseTo(scale.scaled(low.target()[0]), within(1e-4f));
      for (int t = 0; t < 12; t++) {
        assertThat(high.context()[t]).isCloseTo((float) (low.context()[t] - last), within(1e-6f));
        float past = low.past()[t] - low.past()[11];
        assertThat(high.past()[t]).isCloseTo(past, within(1e-6f));
      }
    }
  }

  /** How values are held is decided without the future: levels that come later move no bit. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 21, 65_000, 1.2e9})
  void whatComesAfterAWindowChangesNoBitOfIt(double level) {
    Random random = new Random(4);
    double[] honest = new double[400];
    Arrays.setAll(honest, step -> level + random.nextGaussian());
    CutterSpec spec =
        new CutterSpec(
            WINDOW,
            new SeriesLayout(List.of("a"), List.of(), List.of(), List.of()),
            new CalendarSpec(List.of()),
            false,
            false);
    for (int origin = 1; origin < honest.length; origin += 7) {
      double[] poisoned = honest.clone();
      for (int step = origin; step < honest.length; step++) {
        poisoned[step] = 1e12 * random.nextGaussian() + 1e-3 * random.nextInt(1000);
      }
      WindowBatch batch = spec.open().newBatch(2);
      spec.open().cut(single(honest), 0, origin, batch);
      spec.open().cut(single(poisoned), 0, origin, batch);
      float[] context = batch.context();
      assertThat(Arrays.copyOfRange(context, 12, 24)).isEqualTo(Arrays.copyOf(context, 12));
      assertThat(batch.offset(1)).isEqualTo(batch.offset(0));
    }
  }

  private static Segment single(double[] values) {
    return Segment.whole(
        "s",
        SampleSeries.HOURLY,
        values.length,
        new SeriesValues[] {SeriesValues.of(values)},
        null,
        new int[0]);
  }
}
