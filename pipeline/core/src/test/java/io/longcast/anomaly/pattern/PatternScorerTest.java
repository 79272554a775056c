package io.longcast.anomaly.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.state.StateFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternScorerTest {
  private static final PatternSpec SPEC = new PatternSpec(512);
  private static final int LEARNED = 2000;
  private static final StateFormat FORMAT = new StateFormat("pattern", 1, "learn anew");

  private static double[] series(int rows, IntToDoubleFunction value) {
    SplittableRandom random = new SplittableRandom(11);
    double[] values = new double[rows];
    for (int t = 0; t < rows; t++) {
      values[t] = value.applyAsDouble(t) + .1 * random.nextGaussian();
    }
    return values;
  }

  private static double beat(int t) {
    double phase = t % 48 / 48.0;
    return Math.exp(-200 * Math.pow(phase - .3, 2)) * 4 + Math.sin(2 * Math.PI * phase);
  }

  private static PatternScorer learned(double[] values) {
    return PatternScorer.learn(SPEC, PatternSample.of(SPEC, Arrays.copyOf(values, LEARNED)));
  }

  /** Scores now and settled, by row; 0 where there is none. */
  private static double[][] scores(double[] values) {
    PatternScorer scorer = learned(values);
    double[][] scores = new double[2][values.length];
    for (int t = LEARNED; t < values.length; t++) {
      scorer.next(values[t], Double.NaN);
      scores[0][t] = scorer.score();
      if (t - scorer.settleRows() >= LEARNED) {
        scores[1][t - scorer.settleRows()] = scorer.settledScore();
      }
    }
    return scores;
  }

  private static int highest(double[] scores) {
    int highest = 0;
    for (int t = 1; t < scores.length; t++) {
      highest = scores[t] > scores[highest] ? t : highest;
    }
    return highest;
  }

  @ParameterizedTest
  @ValueSource(strings = {"spike", "missing beat", "flat", "faster", "rough", "turned over"})
  void findsWhatIsUnlikeTheRest(String kind) {
    double[] values = series(6000, PatternScorerTest::beat);
    for (int t = 4000; t < 4048; t++) {
      values[t] =
          switch (kind) {
            case "spike" -> t == 4024 ? values[t] + 4 : values[t];
            case "missing beat" -> Math.sin(2 * Math.PI * t / 48);
            case "flat" -> values[3999];
            case "faster" -> beat(2 * t);
            case "rough" -> values[t] + (t % 2 == 0 ? .8 : -.8);
            default -> -values[t];
          };
    }
    double[][] scores = scores(values);
    assertThat(highest(scores[0])).isBetween(4000, 4048 + 24);
    assertThat(highest(scores[1])).isBetween(4000 - 12, 4048 + 12);
  }

  @Test
  void isAboutNothingWhereAllIsAsBefore() {
    double[] scores = scores(series(12_000, PatternScorerTest::beat))[0];
    double[] sorted = Arrays.copyOfRange(scores, LEARNED, scores.length);
    Arrays.sort(sorted);
    assertThat(sorted[sorted.length / 2]).isBetween(-1.0, 1.0);
    assertThat(sorted[sorted.length * 99 / 100]).isBetween(.5, 4.0);
  }

  @Test
  void scoreOfARowKnowsNoLaterRow() {
    double[] values = series(3000, PatternScorerTest::beat);
    double[] poisoned = values.clone();
    Arrays.fill(poisoned, 2600, 3000, 1e9);
    double[][] one = scores(values);
    double[][] other = scores(poisoned);
    assertThat(Arrays.copyOf(other[0], 2600)).isEqualTo(Arrays.copyOf(one[0], 2600));
    assertThat(Arrays.copyOf(other[1], 2588)).isEqualTo(Arrays.copyOf(one[1], 2588));
    assertThat(other[1][2590]).isNotEqualTo(one[1][2590]);
  }

  @Test
  void settledScorePlacesAShapeWhereItIs() {
    double[] values = series(6000, PatternScorerTest::beat);
    for (int t = 4000; t < 4048; t++) {
      values[t] = beat(2 * t);
    }
    double[][] scores = scores(values);
    double[] inside = new double[2];
    for (int i = 0; i < 2; i++) {
      double all = 0;
      for (int t = 3952; t < 4144; t++) {
        double above = Math.max(0, scores[i][t]);
        all += above;
        inside[i] += t >= 4000 && t < 4048 ? above : 0;
      }
      inside[i] /= all;
    }
    assertThat(inside[1]).isGreaterThan(inside[0]);
  }

  private static PatternScorer restored(PatternScorer scorer) {
    return FORMAT.read(
        FORMAT.write(fields -> PatternScorer.field(fields, SPEC, scorer)),
        fields -> PatternScorer.field(fields, SPEC, null));
  }

  private static byte[] bytes(PatternSpec spec, PatternScorer scorer) {
    return FORMAT.write(fields -> PatternScorer.field(fields, spec, scorer));
  }

  private static double[] gapped(boolean counts) {
    double[] values = series(4000, PatternScorerTest::beat);
    for (int t = 1; t < values.length && counts; t++) {
      values[t] = t % 1500 == 0 ? 0 : values[t - 1] + Math.abs(values[t]);
    }
    Arrays.fill(values, 2500, 2540, Double.NaN);
    return values;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void restoresToTheBit(boolean counts) {
    double[] values = gapped(counts);
    PatternScorer through = learned(values);
    PatternScorer interrupted = restored(learned(values));
    SplittableRandom random = new SplittableRandom(5);
    for (int t = LEARNED; t < values.length; t++) {
      double expected = t % 3 == 0 ? Double.NaN : beat(t);
      through.next(values[t], expected);
      interrupted.next(values[t], expected);
      assertThat(interrupted.score()).isEqualTo(through.score());
      assertThat(interrupted.settledScore()).isEqualTo(through.settledScore());
      assertThat(interrupted.leading()).isEqualTo(through.leading());
      if (random.nextInt(40) == 0) {
        interrupted = restored(interrupted);
      }
    }
  }

  @Test
  void restoresABankThatGrows() {
    double[] values = series(1500, PatternScorerTest::beat);
    PatternSample sample = PatternSample.of(SPEC, Arrays.copyOf(values, 200));
    PatternScorer through = PatternScorer.learn(SPEC, sample);
    PatternScorer interrupted = PatternScorer.learn(SPEC, sample);
    for (int t = 200; t < values.length; t++) {
      through.next(values[t], Double.NaN);
      interrupted.next(values[t], Double.NaN);
      interrupted = t % 7 == 0 ? restored(interrupted) : interrupted;
      assertThat(interrupted.score()).isEqualTo(through.score());
    }
  }

  @Test
  void stateIsSmall() {
    double[] values = series(60_000, t -> Math.sin(2 * Math.PI * t / 470));
    PatternSpec spec = PatternSpec.DEFAULT;
    PatternScorer scorer = PatternScorer.learn(spec, PatternSample.of(spec, values));
    assertThat(bytes(spec, scorer).length).isLessThan(64 * 1024);
  }

  @ParameterizedTest
  @ValueSource(ints = {1900, 50_000, 130_001})
  void learnsTheSameFromPartsInAnyOrder(int rows) {
    double[] values = series(rows, PatternScorerTest::beat);
    PatternScorer whole = PatternScorer.learn(SPEC, PatternSample.of(SPEC, values));
    List<PatternSample> parts = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(rows);
    for (int from = 0; from < rows; ) {
      int end = Math.min(rows, from + 1 + random.nextInt(rows / 3));
      double[] part = Arrays.copyOfRange(values, from, end);
      parts.add(PatternSample.ofPart(SPEC, part, from, rows));
      from = end;
    }
    Collections.shuffle(parts, new java.util.Random(3));
    PatternSample merged = parts.stream().reduce(PatternSample::merge).orElseThrow();
    PatternScorer sharded = PatternScorer.learn(SPEC, merged);
    assertThat(bytes(SPEC, sharded)).isEqualTo(bytes(SPEC, whole));
  }

  @Test
  void aSampleOfALongSeriesIsBounded() {
    PatternSample sample = PatternSample.of(SPEC, new double[2_000_000]);
    assertThat(sample.values().length).isLessThan(80_000);
    assertThatThrownBy(
            () ->
                PatternScorer.learn(
                    SPEC, PatternSample.ofPart(SPEC, new double[100_000], 0, 200_000)))
        .hasMessageContaining("merge all parts");
  }

  @Test
  void aConstantSeriesIsSilentUntilItMoves() {
    double[] values = new double[3000];
    Arrays.fill(values, 42);
    values[2700] = 43;
    double[] scores = scores(values)[0];
    assertThat(Arrays.stream(scores, LEARNED, 2700)).allMatch(score -> Math.abs(score) < .1);
    assertThat(scores[2700]).isGreaterThan(10).isLessThan(1e7);
    assertThat(highest(scores)).isBetween(2700, 2712);
    assertThat(scores(new double[2500])[0]).containsOnly(0);
  }

  @Test
  void aBinarySeriesIsJudgedByItsPattern() {
    double[] values = new double[5000];
    Arrays.setAll(values, t -> t % 40 < 20 ? 1 : 0);
    Arrays.fill(values, 4000, 4040, 1);
    double[] scores = scores(values)[0];
    assertThat(Arrays.stream(scores, LEARNED, 4000)).allMatch(score -> score < 1.5);
    assertThat(highest(scores)).isBetween(4000, 4064);
  }

  @Test
  void aCounterIsJudgedByItsIncreases() {
    SplittableRandom random = new SplittableRandom(2);
    double[] values = new double[6000];
    for (int t = 1; t < values.length; t++) {
      double step = t >= 5000 && t < 5020 ? 9 : 2 + random.nextInt(3);
      values[t] = t == 4000 ? 3 : values[t - 1] + step;
    }
    double[] scores = scores(values)[0];
    assertThat(highest(scores)).isBetween(5000, 5044);
    assertThat(learned(values).described()).startsWith("counter");
    assertThat(Arrays.stream(scores, 4000, 4050).max().orElseThrow()).isLessThan(4);
  }

  @Test
  void aGapIsNoAnomaly() {
    double[] values = series(5000, PatternScorerTest::beat);
    Arrays.fill(values, 3000, 3030, Double.NaN);
    double[] scores = scores(values)[0];
    assertThat(Arrays.stream(scores, 3000, 3030)).containsOnly(0.0);
    double usual = Arrays.stream(scores, LEARNED, 3000).max().orElseThrow();
    assertThat(Arrays.stream(scores, 3030, 3200).max().orElseThrow()).isLessThan(2 * usual);
  }

  @Test
  void aLastingChangeBecomesNormal() {
    double[] values = series(60_000, t -> beat(t) + (t < 4000 ? 0 : 6));
    double[] scores = scores(values)[0];
    double first = Arrays.stream(scores, 4000, 4100).max().orElseThrow();
    double later = Arrays.stream(scores, 55_000, 60_000).average().orElseThrow();
    assertThat(first).isGreaterThan(10);
    assertThat(later).isLessThan(4);
  }

  @Test
  void aBetterForecastTakesThePlaceOfTheLinearOne() {
    SplittableRandom random = new SplittableRandom(4);
    double[] known = new double[6000];
    Arrays.setAll(known, t -> random.nextInt(2) * 4);
    double[] values = series(6000, t -> known[t]);
    values[5000] += 1.5;
    PatternScorer with = learned(values);
    PatternScorer without = learned(values);
    double[][] residuals = new double[2][6000];
    for (int t = LEARNED; t < values.length; t++) {
      with.next(values[t], known[t]);
      without.next(values[t], Double.NaN);
      residuals[0][t] = with.score() * with.share(Component.RESIDUAL);
      residuals[1][t] = without.score() * without.share(Component.RESIDUAL);
    }
    assertThat(highest(Arrays.copyOfRange(residuals[0], LEARNED + 400, 6000)) + LEARNED + 400)
        .isEqualTo(5000);
    assertThat(highest(Arrays.copyOfRange(residuals[1], LEARNED + 400, 6000)) + LEARNED + 400)
        .isNotEqualTo(5000);
  }

  @Test
  void namesTheComponentThatSpoke() {
    double[] values = series(5000, PatternScorerTest::beat);
    values[3000] += 8;
    PatternScorer scorer = learned(values);
    for (int t = LEARNED; t <= 3000; t++) {
      scorer.next(values[t], Double.NaN);
    }
    assertThat(scorer.leading()).isIn(Component.RESIDUAL, Component.SHAPE);
    assertThat(Arrays.stream(Component.values()).mapToDouble(scorer::share).max().orElseThrow())
        .isEqualTo(scorer.share(scorer.leading()));
    double sum = Arrays.stream(Component.values()).mapToDouble(scorer::share).sum();
    assertThat(sum).isCloseTo(1, within(1e-9));
    assertThat(scorer.described())
        .isEqualTo(
            "levels, period 48 rows, seasonal: residual + shape + texture + 0.50 level + 2.00 stuck");
  }

  /** Shapes are compared less their own mean: what speaks after the first rows is the level. */
  @Test
  void aShiftOfTheLevelIsHighAsLongAsItLasts() {
    double[] values = series(5000, t -> beat(t) + (t >= 4000 && t < 4400 ? 3 : 0));
    double[] scores = scores(values)[0];
    double usual = Arrays.stream(scores, LEARNED, 4000).max().orElseThrow();
    assertThat(Arrays.stream(scores, 4050, 4400).min().orElseThrow()).isGreaterThan(usual);
    PatternScorer scorer = learned(values);
    for (int t = LEARNED; t < 4300; t++) {
      scorer.next(values[t], Double.NaN);
    }
    assertThat(scorer.component(Component.LEVEL)).isGreaterThan(2);
  }

  @Test
  void aStuckValueCountsByTheRowsItDoesNotMove() {
    SplittableRandom random = new SplittableRandom(3);
    double[] values = series(5000, t -> random.nextGaussian());
    Arrays.fill(values, 4000, 4060, values[3999]);
    double[] scores = scores(values)[0];
    assertThat(highest(scores)).isBetween(4010, 4060);
    PatternScorer scorer = learned(values);
    for (int t = LEARNED; t < 4050; t++) {
      scorer.next(values[t], Double.NaN);
    }
    assertThat(scorer.component(Component.STUCK)).isCloseTo(Math.log(51), within(1e-6));
    assertThat(scorer.share(Component.STUCK)).isGreaterThan(.1);
  }

  @Test
  void refusesTooFewRows() {
    assertThatThrownBy(() -> PatternScorer.learn(SPEC, PatternSample.of(SPEC, new double[5])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 16 rows")
        .hasMessageContaining("anomaly.warmUp");
  }
}
