package io.longcast.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DetectionScoresTest {
  private static Map<String, Metric> byName(List<Metric> metrics) {
    return metrics.stream().collect(Collectors.toMap(Metric::name, m -> m));
  }

  @Test
  void countsOverlappingSequencesOnce() {
    SequenceOverlap counts =
        SequenceOverlap.of(
            List.of(new RowInterval(5, 9), new RowInterval(12, 14), new RowInterval(40, 41)),
            List.of(new RowInterval(9, 13), new RowInterval(60, 70)));
    assertThat(counts).isEqualTo(new SequenceOverlap(1, 1, 1));
    Map<String, Metric> metrics = byName(counts.plus(new SequenceOverlap(2, 0, 0)).metrics());
    assertThat(metrics.get("precision").value()).isEqualTo(0.75);
    assertThat(metrics.get("recall").value()).isEqualTo(0.75);
    assertThat(metrics.get("f1").value()).isEqualTo(0.75);
    assertThat(byName(SequenceOverlap.NONE.metrics()).get("f1").value()).isNaN();
  }

  @Test
  void countsRowByRow() {
    boolean[] alarms = {true, true, false, false, true, false};
    boolean[] labels = {false, true, true, true, false, false};
    PointwiseCounts counts = PointwiseCounts.of(alarms, labels, 0, 6);
    assertThat(counts).isEqualTo(new PointwiseCounts(1, 2, 2, 1));
    Map<String, Metric> metrics = byName(counts.metrics());
    assertThat(metrics.get("f1").value()).isCloseTo(2.0 / 6, within(1e-12));
    assertThat(metrics.get("far").value()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(metrics.get("mar").value()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(PointwiseCounts.pointAdjusted(alarms, labels, 0, 6))
        .isEqualTo(new PointwiseCounts(3, 2, 0, 1));
    assertThat(PointwiseCounts.of(alarms, labels, 2, 4)).isEqualTo(new PointwiseCounts(0, 0, 2, 0));
  }

  @Test
  void countsEventsWithTheirDelay() {
    EventCounts counts =
        EventCounts.of(
            List.of(new RowInterval(2, 3), new RowInterval(14, 18), new RowInterval(25, 32)),
            List.of(new RowInterval(10, 20), new RowInterval(30, 35), new RowInterval(50, 51)));
    assertThat(counts).isEqualTo(new EventCounts(3, 2, 3, 2, 4));
    assertThat(byName(counts.metrics()).get("event_delay").value()).isEqualTo(2);
  }

  @Test
  void mergesIntervalsAcrossShortGaps() {
    boolean[] flags = {true, false, true, true, false, false, false, true};
    List<RowInterval> runs = RowInterval.runs(flags);
    assertThat(runs)
        .containsExactly(new RowInterval(0, 0), new RowInterval(2, 3), new RowInterval(7, 7));
    assertThat(RowInterval.merge(runs, 1))
        .containsExactly(new RowInterval(0, 3), new RowInterval(7, 7));
    assertThat(RowInterval.merge(runs, 3)).containsExactly(new RowInterval(0, 7));
    assertThat(RowInterval.flags(runs, 8)).isEqualTo(flags);
  }

  @Test
  void dropsSequencesWhosePeaksDoNotStandOut() {
    double[] scores = {0, 10, 0, 0, 6, 0, 5.5, 0, 5, 0};
    List<RowInterval> found =
        List.of(new RowInterval(1, 1), new RowInterval(4, 4), new RowInterval(6, 6));
    // peaks 10, 6, 5.5, then 5 outside: drops of 40 %, 8 %, 9 %
    assertThat(new PrunedSequences(0.2).of(found, scores, 0)).containsExactly(found.get(0));
    assertThat(new PrunedSequences(0.085).of(found, scores, 0)).isEqualTo(found);
    assertThat(new PrunedSequences(0.5).of(found, scores, 0)).isEmpty();
    assertThat(new PrunedSequences(0).of(found, scores, 0)).isEqualTo(found);
  }

  @Test
  void isAveragePrecisionWhereTheSurfaceHasNoWidth() {
    double[] scores = {0.9, 0.8, 0.7, 0.1};
    boolean[] labels = {true, false, true, false};
    // precision at recall 1/2 is 1, at recall 1 2/3; the existence ratio halves the first recall
    double expected = 0.25 * 1 + (1 - 0.25) * 2 / 3;
    assertThat(new VolumeUnderSurface(0).precisionRecall(scores, labels).value())
        .isCloseTo(expected, within(1e-12));
    assertThat(new VolumeUnderSurface(5).precisionRecall(scores, new boolean[4]).value()).isNaN();
  }

  @Test
  void forgivesANearMissInTheSurfaceOnly() {
    double[] near = new double[200];
    double[] far = new double[200];
    boolean[] labels = new boolean[200];
    for (int i = 100; i < 110; i++) {
      labels[i] = true;
      near[i - 10] = 1;
      far[i - 80] = 1;
    }
    VolumeUnderSurface wide = new VolumeUnderSurface(40);
    assertThat(wide.precisionRecall(near, labels).value())
        .isGreaterThan(wide.precisionRecall(far, labels).value() + 0.1);
  }

  @Test
  void boundsAShareFromBothSides() {
    BinomialInterval exact = BinomialInterval.clopperPearson(0, 10, 0.95);
    assertThat(exact.lower()).isZero();
    assertThat(exact.upper()).isCloseTo(1 - Math.pow(0.025, 0.1), within(1e-9));
    BinomialInterval some = BinomialInterval.clopperPearson(4, 20, 0.95);
    assertThat(some.lower()).isCloseTo(0.0573, within(1e-4));
    assertThat(some.upper()).isCloseTo(0.4366, within(1e-4));
    BinomialInterval wilson = BinomialInterval.wilson(4, 20, 0.95);
    assertThat(wilson.lower()).isCloseTo(0.0807, within(1e-4));
    assertThat(wilson.upper()).isCloseTo(0.4160, within(1e-4));
  }

  @Test
  void correctsForPrevalenceAsPublishedForHdfs() {
    // the README's event+length rule: R 0.8377 of 8 419, 3 false alarms of 5 530, F1* 0.903
    Map<String, Metric> metrics =
        byName(new PrevalenceCounts(7053, 8419, 3, 5530, 16_838, 553_366).metrics());
    assertThat(metrics.get("recall").value()).isCloseTo(0.8377, within(5e-5));
    assertThat(metrics.get("f1_star").value()).isCloseTo(0.903, within(5e-4));
    assertThat(metrics.get("f1_star_lower").value())
        .isLessThan(metrics.get("f1_star").value())
        .isGreaterThan(0.85);
  }

  @Test
  void groupsLinesAllOrNothing() {
    Metric accuracy =
        GroupingAccuracy.of(
            List.of("a", "a", "b", "c", "c", "d"), List.of("1", "1", "2", "3", "3", "3"));
    assertThat(accuracy.value()).isEqualTo(0.5);
    assertThat(accuracy.count()).isEqualTo(6);
  }

  @Test
  void agreesWithHandWorkedClassFigures() {
    ClassCounts counts = new ClassCounts(2);
    int[][] pairs = {{1, 1}, {1, 1}, {1, 1}, {1, 0}, {0, 0}, {0, 0}, {0, 1}, {1, 1}};
    for (int[] pair : pairs) {
      counts.add(pair[0], pair[1]);
    }
    Map<String, Metric> metrics = byName(counts.metrics());
    assertThat(metrics.get("accuracy").value()).isEqualTo(0.75);
    assertThat(metrics.get("majority_accuracy").value()).isEqualTo(5.0 / 8);
    assertThat(metrics.get("macro_f1").value()).isCloseTo((0.8 + 2.0 / 3) / 2, within(1e-12));
    // (TP TN - FP FN) / sqrt(...): (4*2 - 1*1) / sqrt(5*5*3*3)
    assertThat(metrics.get("mcc").value()).isCloseTo(7.0 / 15, within(1e-12));
    ClassCounts twice = new ClassCounts(2);
    twice.merge(counts);
    twice.merge(counts);
    assertThat(byName(twice.metrics()).get("accuracy").count()).isEqualTo(16);
  }
}
