package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.anomaly.score.RowSeries;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.RowInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThresholdChoiceTest {

  /** Row by row: F1 of scores against labels. */
  private record Rows(List<LabelledSeries> series) implements DetectionProtocol {
    @Override
    public double threshold() {
      return 1;
    }

    @Override
    public List<Metric> metrics(List<double[]> scores, double threshold) {
      return List.of();
    }

    @Override
    public double[][] tallies(int index, double[] scores, double[] thresholds) {
      boolean[] flags = series.get(index).flags();
      double[][] tallies = new double[thresholds.length][3];
      for (int t = 0; t < thresholds.length; t++) {
        for (int i = series.get(index).series().learningRows(); i < scores.length; i++) {
          boolean alarm = scores[i] >= thresholds[t];
          tallies[t][0] += alarm && flags[i] ? 1 : 0;
          tallies[t][1] += alarm && !flags[i] ? 1 : 0;
          tallies[t][2] += !alarm && flags[i] ? 1 : 0;
        }
      }
      return tallies;
    }

    @Override
    public double figure(double[] tally) {
      return 2 * tally[0] / Math.max(1, 2 * tally[0] + tally[1] + tally[2]);
    }

    @Override
    public String figureName() {
      return "f1";
    }
  }

  /** Noise with a shift of twelve hours in each series; names come in pairs. */
  private static Rows protocol(int count) {
    SplittableRandom random = new SplittableRandom(4);
    List<LabelledSeries> series = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      double[][] rows = new double[700][1];
      int from = 400 + random.nextInt(200);
      for (int i = 0; i < rows.length; i++) {
        rows[i][0] = random.nextGaussian() + (i >= from && i < from + 60 ? 6 : 0);
      }
      series.add(
          new LabelledSeries(
              new RowSeries("kind" + s % 2 + "/pair" + s / 2 + "-" + s, null, rows, 200),
              List.of(new RowInterval(from, from + 59))));
    }
    return new Rows(series);
  }

  private static CrossValidationSpec spec() {
    return new CrossValidationSpec(
        List.of(
            new ComponentSpec(ComponentSpec.Kind.STUCK, 1, 1),
            new ComponentSpec(ComponentSpec.Kind.EXTREME, 6, 1),
            new ComponentSpec(ComponentSpec.Kind.CHANGE, 1, 1)),
        List.of(),
        2,
        List.of(0.9),
        false,
        4,
        2,
        List.of("pair0", "pair1", "pair2", "pair3", "pair4"));
  }

  @Test
  void keepsRelatedSeriesInOneFold() {
    Rows protocol = protocol(10);
    FoldDeal deal = FoldDeal.random(protocol.series(), spec(), 3);
    for (int s = 0; s < 10; s += 2) {
      assertThat(deal.folds().get(s)).isEqualTo(deal.folds().get(s + 1));
    }
    assertThat(deal.of(0)).isNotEmpty().doesNotContainAnyElementsOf(deal.without(0));
    assertThat(FoldDeal.folders(protocol.series()).count()).isEqualTo(2);
  }

  @Test
  void choosesTheThresholdThatParts() {
    Rows protocol = protocol(2);
    List<double[]> scores = new ArrayList<>();
    for (LabelledSeries one : protocol.series()) {
      double[] own = new double[700];
      for (int i = 0; i < 700; i++) {
        own[i] = one.flags()[i] ? 5 + i % 3 : i % 4;
      }
      scores.add(own);
    }
    double[] thresholds = ThresholdChoice.candidates(protocol.series(), scores);
    ThresholdChoice.Choice best =
        new ThresholdChoice(protocol, scores, thresholds).best(List.of(0, 1));
    assertThat(best.threshold()).isEqualTo(5);
    assertThat(best.figure()).isEqualTo(1);
  }

  @Test
  void setsTheThresholdOfASeriesWithoutItsOwnLabels() {
    Rows protocol = protocol(10);
    FoldDeal deal = FoldDeal.random(protocol.series(), spec(), 1);
    List<double[]> scores = new ArrayList<>();
    protocol.series().forEach(one -> scores.add(one.series().scores(detector())));
    double[] thresholds = ThresholdChoice.candidates(protocol.series(), scores);
    double[] before = new ThresholdChoice(protocol, scores, thresholds).crossValidated(deal);
    List<LabelledSeries> poisoned = new ArrayList<>(protocol.series());
    poisoned.set(0, new LabelledSeries(poisoned.get(0).series(), List.of(new RowInterval(0, 699))));
    double[] after =
        new ThresholdChoice(new Rows(poisoned), scores, thresholds).crossValidated(deal);
    assertThat(after[0]).isEqualTo(before[0]);
    assertThat(after).isNotEqualTo(before);
  }

  private static DetectorSpec detector() {
    return new DetectorSpec(
        spec().parts(), 1000, 1e-6, 0, List.of(), DetectorSpec.Scaling.ROBUST, true);
  }

  @Test
  void choosesThePartThatFindsTheFault() {
    Rows protocol = protocol(10);
    ComponentTable table = new ComponentTable(detector(), detector(), protocol.series());
    NestedCrossValidation.Estimate estimate =
        new NestedCrossValidation(spec(), protocol, table, 1).estimate();
    assertThat(estimate.mean()).isGreaterThan(0.8);
    assertThat(estimate.choices().keySet()).allMatch(name -> name.contains("extreme/6"));
    assertThat(estimate.figures()).hasSize(2);
    double mean = (estimate.figures().get(0) + estimate.figures().get(1)) / 2;
    assertThat(estimate.mean()).isCloseTo(mean, within(1e-12));
    assertThat(estimate.least()).isLessThanOrEqualTo(mean);
  }
}
