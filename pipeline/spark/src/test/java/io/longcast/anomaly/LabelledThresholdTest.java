package io.longcast.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelledThresholdTest {
  private static final int STEPS = 400;
  private static final int FAULT = 200;
  private static final AnomalySpec SPEC = Machines.spec(1, 0);

  /** A series with an event of the given height every forty steps, with or without a fault. */
  private static SeriesTally series(String id, double normal, double fault) {
    double[] surprisals = new double[STEPS];
    boolean[] anomalous = new boolean[STEPS];
    for (int step = 0; step < STEPS; step += 40) {
      surprisals[step] = normal;
    }
    for (int step = FAULT; fault > 0 && step < FAULT + 5; step++) {
      surprisals[step] = fault;
      anomalous[step] = true;
    }
    return SeriesTally.of(id, surprisals, anomalous, LabelledThresholdFit.candidates(), SPEC);
  }

  private static List<SeriesTally> fleet(double normal, double... faults) {
    List<SeriesTally> fleet = new ArrayList<>();
    for (int i = 0; i < faults.length; i++) {
      fleet.add(series("series-" + i, normal, faults[i]));
    }
    return fleet;
  }

  @Test
  void liesBetweenNormalEventsAndAnomalies() {
    LabelledThreshold chosen = new LabelledThresholdFit(fleet(4, 16, 16, 16, 16, 0, 0), 5).fit();
    assertThat(chosen.surprisal()).isCloseTo(8, within(.5));
    assertThat(chosen.eventF1()).isEqualTo(1);
    assertThat(chosen.heldOutF1()).isEqualTo(1);
    assertThat(chosen.deviation()).isZero();
    assertThat(chosen.anomalies()).isEqualTo(4);
    assertThat(chosen.folds()).hasSize(4).allMatch(fold -> fold.anomalies() == 1);
  }

  /**
   * Of four faults at 16 and one at 5 among 59 normal events at 6: to catch the last one would cost
   * 59 false events, so it is left: recall 4/5, precision 1. Held out, it is missed as well.
   */
  @Test
  void weighsFalseEventsAgainstMissedAnomalies() {
    LabelledThreshold chosen = new LabelledThresholdFit(fleet(6, 16, 16, 16, 16, 5, 0), 5).fit();
    assertThat(chosen.surprisal()).isBetween(6.5, 16.0);
    assertThat(chosen.eventF1()).isCloseTo(2 * .8 / 1.8, within(1e-12));
    assertThat(chosen.heldOutF1()).isCloseTo(2 * .8 / 1.8, within(1e-12));
    assertThat(chosen.folds()).filteredOn(fold -> fold.eventF1() == 0).hasSize(1);
    assertThat(chosen.deviation()).isCloseTo(.4, within(1e-12));
  }

  /** The fold's own labels would choose 5; those of the others do. */
  @Test
  void judgesSeriesByAThresholdThatTheirLabelsHadNoPartIn() {
    LabelledThreshold chosen = new LabelledThresholdFit(fleet(4, 16, 16, 5.5), 3).fit();
    assertThat(chosen.folds())
        .filteredOn(fold -> fold.found() == 0)
        .singleElement()
        .satisfies(fold -> assertThat(fold.surprisal()).isCloseTo(8, within(.5)));
    assertThat(chosen.eventF1()).isEqualTo(1);
    assertThat(chosen.heldOutF1()).isLessThan(1);
  }

  @Test
  void isTheSameInAnyOrderOfTheSeries() {
    List<SeriesTally> fleet = fleet(4, 16, 5, 9, 7, 0, 12, 0);
    LabelledThreshold chosen = new LabelledThresholdFit(fleet, 3).fit();
    List<SeriesTally> shuffled = new ArrayList<>(fleet);
    Collections.shuffle(shuffled, new Random(5));
    assertThat(shuffled).isNotEqualTo(fleet);
    assertThat(new LabelledThresholdFit(shuffled, 3).fit()).isEqualTo(chosen);
  }

  @Test
  void refusesLabelsThatAreMissingOrAllAlike() {
    assertThatThrownBy(() -> new LabelledThresholdFit(fleet(4, 0, 0, 0), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 0 of 3 series")
        .hasMessageContaining("anomaly.threshold.by = budget");
    assertThatThrownBy(() -> new LabelledThresholdFit(fleet(4, 16, 0, 0), 5))
        .hasMessageContaining("found 1 of 3 series");
    boolean[] all = new boolean[STEPS];
    Arrays.fill(all, true);
    List<SeriesTally> alike = List.of(tally("a", all), tally("b", all));
    assertThatThrownBy(() -> new LabelledThresholdFit(alike, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs normal steps")
        .hasMessageContaining("labels.intervals");
  }

  private static SeriesTally tally(String id, boolean[] anomalous) {
    return SeriesTally.of(
        id, new double[STEPS], anomalous, LabelledThresholdFit.candidates(), SPEC);
  }
}
