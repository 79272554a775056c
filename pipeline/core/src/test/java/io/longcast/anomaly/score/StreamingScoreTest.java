package io.longcast.anomaly.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamingScoreTest {
  private static final int LEARNING = 300;

  /** Five-minute rows with a daily wave and noise, two channels. */
  private static RowSeries wave(int rows) {
    SplittableRandom random = new SplittableRandom(3);
    double[][] values = new double[rows][2];
    long[] micros = new long[rows];
    for (int i = 0; i < rows; i++) {
      micros[i] = i * 300_000_000L;
      double day = Math.sin(2 * Math.PI * i / 288);
      values[i][0] = 10 + 3 * day + 0.3 * random.nextDouble(-1, 1);
      values[i][1] = 5 - day + 0.1 * random.nextDouble(-1, 1);
    }
    return new RowSeries("wave", micros, values, LEARNING);
  }

  private static DetectorSpec detector(ComponentSpec.Kind kind, int width) {
    return new DetectorSpec(
        List.of(new ComponentSpec(kind, width, 1)),
        4000,
        1e-6,
        0,
        List.of(),
        DetectorSpec.Scaling.ROBUST,
        true);
  }

  private static DetectorSpec all() {
    return new DetectorSpec(
        Arrays.stream(ComponentSpec.Kind.values())
            .filter(k -> k != ComponentSpec.Kind.LONG_SHAPE && k != ComponentSpec.Kind.TEXTURE)
            .map(k -> new ComponentSpec(k, k == ComponentSpec.Kind.PATTERN ? 0 : 12, 1))
            .toList(),
        4000,
        1e-6,
        0,
        List.of(new DriftDistance.Settings(20, 10, 0.05, 100, 50, 1)),
        DetectorSpec.Scaling.ROBUST,
        true);
  }

  /** Scores with the last value as forecast, so that residual parts have one. */
  private static double[] forecastScores(RowSeries series, DetectorSpec detector) {
    ComponentScores parts = detector.parts(2, LEARNING);
    double[] scores = new double[series.length()];
    double[] expected = {Double.NaN, Double.NaN};
    for (int i = 0; i < scores.length; i++) {
      parts.next(series.micros()[i], series.rows()[i], expected, new double[] {0.3, 0.1});
      scores[i] = parts.largest();
      expected = series.rows()[i];
    }
    return scores;
  }

  private static double most(double[] scores, int from, int to) {
    return Arrays.stream(scores, from, to).max().orElseThrow();
  }

  @Test
  void judgesAMeanAgainstMeansAWidthEarlier() {
    DelayedZ score = new DelayedZ(2, 1e9, 1e-9, 0);
    double last = 0;
    for (int t = 0; t < 60; t++) {
      last = score.next(t % 4);
    }
    // means of two: 0.5, 1.5, 2.5, 1.5 in turn; 57 known after 60 rows
    assertThat(last).isCloseTo((2.5 - 1.5) / Math.sqrt(0.5), within(0.03));
  }

  @Test
  void aFaultDoesNotWidenWhatIsUsualWhereItIsClipped() {
    SplittableRandom random = new SplittableRandom(5);
    DelayedZ clipped = new DelayedZ(1, 4000, 1e-9, 4);
    DelayedZ plain = new DelayedZ(1, 4000, 1e-9, 0);
    double before = 0;
    double after = 0;
    for (int t = 0; t < 2000; t++) {
      double value = t == 1000 ? 400 : t == 999 || t == 1999 ? 10 : random.nextDouble(-1, 1);
      double score = clipped.next(value);
      before = t == 999 ? score : before;
      after = score;
      double other = plain.next(value);
      assertThat(t < 1900 || t == 1999 || Math.abs(other) < .3).isTrue();
    }
    assertThat(before).isGreaterThan(14);
    assertThat(after).isCloseTo(before, within(1.5));
  }

  @Test
  void aPartOfNoWidthIsTheSignalItself() {
    RowSeries series = wave(600);
    for (int i = 500; i < 510; i++) {
      series.rows()[i][0] = Double.NaN;
    }
    ComponentScores parts = detector(ComponentSpec.Kind.MISSING, 0).parts(2, LEARNING);
    for (int i = 0; i < 510; i++) {
      parts.next(series.micros()[i], series.rows()[i]);
      assertThat(parts.score(0)).isEqualTo(i < 500 ? 0 : Math.log1p(i - 499));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ComponentSpec.Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LONG_SHAPE", "TEXTURE"})
  void seesNothingOfTheFuture(ComponentSpec.Kind kind) {
    int width = kind == ComponentSpec.Kind.PATTERN ? 0 : 12;
    RowSeries clean = wave(1200);
    RowSeries poisoned = wave(1200);
    for (int i = 900; i < 1200; i++) {
      poisoned.rows()[i][0] = kind == ComponentSpec.Kind.MISSING ? Double.NaN : 1e6;
    }
    double[] before = forecastScores(clean, detector(kind, width));
    double[] after = forecastScores(poisoned, detector(kind, width));
    assertThat(Arrays.copyOf(after, 900)).isEqualTo(Arrays.copyOf(before, 900));
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void findsWhatEachPartIsFor() {
    RowSeries shifted = wave(2000);
    RowSeries rough = wave(2000);
    RowSeries stuck = wave(2000);
    RowSeries odd = wave(2000);
    for (int i = 1500; i < 1600; i++) {
      shifted.rows()[i][0] += 12;
      rough.rows()[i][0] += i % 2 == 0 ? 2 : -2;
      stuck.rows()[i][0] = stuck.rows()[1499][0];
      odd.rows()[i][0] = 10 + 3 * Math.sin(2 * Math.PI * i / 12);
    }
    assertFinds(shifted, detector(ComponentSpec.Kind.LEVEL, 24));
    assertFinds(shifted, detector(ComponentSpec.Kind.PROFILE, 24));
    assertFinds(shifted, detector(ComponentSpec.Kind.EXTREME, 1));
    assertFinds(rough, detector(ComponentSpec.Kind.CHANGE, 24));
    assertFinds(rough, detector(ComponentSpec.Kind.COMPRESSED_CHANGE, 12));
    assertFinds(stuck, detector(ComponentSpec.Kind.STUCK, 1));
    assertFinds(odd, detector(ComponentSpec.Kind.SHAPE, 12));
    assertFinds(odd, detector(ComponentSpec.Kind.SHORT_SHAPE, 12));
  }

  private static void assertFinds(RowSeries series, DetectorSpec detector) {
    double[] scores = series.scores(detector);
    assertThat(most(scores, 1500, 1600))
        .as(detector.toString())
        .isGreaterThan(1.3 * most(scores, LEARNING + 300, 1500));
  }

  @Test
  void seesAChannelThatLeavesTheOthersThoughEachIsNormal() {
    RowSeries series = wave(2000);
    for (int i = 1500; i < 1600; i++) {
      series.rows()[i][1] = 10 - series.rows()[i][1];
    }
    DetectorSpec together =
        new DetectorSpec(
            List.of(),
            4000,
            1e-6,
            0,
            List.of(new DriftDistance.Settings(5, 10, 0.01, 0, 50, 1)),
            DetectorSpec.Scaling.ROBUST,
            true);
    double[] scores = series.scores(together);
    assertThat(most(scores, 1500, 1600)).isGreaterThan(2 * most(scores, LEARNING, 1500));
  }

  @Test
  void skipsMissingValuesAndJudgesHowLongTheyAre() {
    RowSeries series = wave(2000);
    for (int i = 0; i < 2000; i++) {
      if (i % 50 == 7 || i >= 1500 && i < 1560) {
        series.rows()[i][0] = Double.NaN;
      }
    }
    ComponentScores parts = all().parts(2, LEARNING);
    double usual = 0;
    for (int i = 0; i < 1560; i++) {
      parts.next(series.micros()[i], series.rows()[i]);
      for (int k = 0; k < parts.size(); k++) {
        assertThat(parts.score(k)).isFinite();
      }
      double missing = parts.score(parts.index(0, ComponentSpec.Kind.MISSING.ordinal()));
      if (i < 1500) {
        usual = Math.max(usual, missing);
      } else if (i > 1512) {
        assertThat(missing).isGreaterThan(usual);
      }
    }
    assertThat(usual).isPositive();
  }

  @Test
  void sharesAJointDistanceAmongItsChannels() {
    RowSeries series = wave(1000);
    DetectorSpec together =
        new DetectorSpec(
            List.of(),
            4000,
            1e-6,
            0,
            List.of(new DriftDistance.Settings(5, 10, 0.01, 0, 50, 1)),
            DetectorSpec.Scaling.ROBUST,
            true);
    ComponentScores parts = together.parts(2, LEARNING);
    for (int i = 0; i < 1000; i++) {
      double[] row = series.rows()[i].clone();
      row[1] += i > 900 ? 30 : 0;
      parts.next(series.micros()[i], row);
    }
    double[] shares = new double[2];
    parts.shares(0, shares);
    assertThat(parts.channel(0)).isEqualTo(-1);
    assertThat(shares[1]).isGreaterThan(0.7);
    assertThat(shares[0] + shares[1]).isCloseTo(1, within(1e-12));
  }

  @Test
  void goesOnAfterARestartAsIfNothingHadHappened() throws Exception {
    RowSeries series = wave(1200);
    double[] whole = series.scores(all());
    RowScore score = all().start(2, LEARNING);
    double[] resumed = new double[1200];
    for (int i = 0; i < 1200; i++) {
      resumed[i] = score.next(series.micros()[i], series.rows()[i]);
      if (i == 100 || i == 700) {
        score = copy(score);
      }
    }
    assertThat(resumed).isEqualTo(whole);
  }

  @Test
  void keepsAStateThatDoesNotGrow() throws Exception {
    RowSeries series = wave(9000);
    RowScore score = all().start(2, LEARNING);
    int early = 0;
    for (int i = 0; i < 9000; i++) {
      score.next(series.micros()[i], series.rows()[i]);
      if (i == 6000) {
        early = bytes(score).length;
      }
    }
    assertThat(bytes(score).length).isCloseTo(early, within(100));
  }

  @Test
  void scalesByTheQuartilesAndFallsBackWhereTheyAgree() {
    Robust usual = Robust.of(new double[] {1, 2, 3, 4, 5});
    assertThat(usual).isEqualTo(new Robust(3, 2 / 1.349));
    assertThat(Robust.of(new double[] {0, 0, 0, 0, 10}).spread()).isCloseTo(4, within(1e-12));
    assertThat(Robust.of(new double[] {7, 7}).spread()).isEqualTo(0.007);
    assertThat(Robust.of(new double[] {0, 0}).spread()).isEqualTo(1);
  }

  @Test
  void rejectsSettingsOutOfRange() {
    assertThatThrownBy(() -> new ComponentSpec(ComponentSpec.Kind.LEVEL, -1, 1))
        .hasMessage("width must be >= 0, found -1");
    assertThatThrownBy(
            () ->
                new DetectorSpec(List.of(), 1, 1, 0, List.of(), DetectorSpec.Scaling.ROBUST, true))
        .hasMessage("a detector needs channels or drift, found neither");
  }

  private static byte[] bytes(RowScore score) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(score);
    }
    return bytes.toByteArray();
  }

  private static RowScore copy(RowScore score) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes(score)))) {
      return (RowScore) in.readObject();
    }
  }
}
