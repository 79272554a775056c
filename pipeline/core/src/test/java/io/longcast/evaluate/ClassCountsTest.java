package io.longcast.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassCountsTest {

  @Test
  void weighsClassesByTheInverseOfTheirFrequency() {
    List<Double> weights = labels(90, 10).balancedWeights(1);
    assertThat(90 * weights.get(0)).isCloseTo(10 * weights.get(1), within(1e-9));
    assertThat(90 * weights.get(0) + 10 * weights.get(1)).isCloseTo(100, within(1e-9));
  }

  @Test
  void goesPartOfTheWay() {
    assertThat(labels(90, 10).balancedWeights(.5).get(1)).isCloseTo(Math.sqrt(5), within(1e-9));
    assertThat(labels(90, 10).balancedWeights(0)).containsExactly(1.0, 1.0);
  }

  @Test
  void capsTheWeightOfARareClassAndLeavesAnAbsentOneAtOne() {
    List<Double> weights = labels(1_000_000, 1, 0).balancedWeights(1);
    assertThat(weights.get(1)).isEqualTo(100);
    assertThat(weights.get(2)).isEqualTo(1);
    assertThat(weights.get(0)).isCloseTo(.5, within(1e-5));
  }

  @Test
  void namesTheMostFrequentClass() {
    assertThat(labels(3, 7, 7).mostFrequent()).isEqualTo(1);
  }

  @Test
  void expectsAClassNeverSeenNowAndThen() {
    assertThat(labels(6, 1, 0).expectedShares()).containsExactly(.7f, .2f, .1f);
  }

  private static ClassCounts labels(int... counts) {
    ClassCounts labels = new ClassCounts(counts.length);
    for (int code = 0; code < counts.length; code++) {
      for (int n = 0; n < counts[code]; n++) {
        labels.add(code, code);
      }
    }
    return labels;
  }
}
