package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.language.RankFit;
import io.longcast.logs.sequence.CheckQuality;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceChoiceTest {
  private static final long SESSIONS = 10_000;
  private static final double BUDGET = .003;

  private static SequenceModel.Choice choice(
      boolean on, double countsFalse, double countsFound, double modelFalse, double modelFound) {
    return SequenceModel.Choice.of(
        on,
        BUDGET,
        new CheckQuality(countsFalse, countsFound, SESSIONS),
        new CheckQuality(0, .1, SESSIONS),
        new RankFit(null, new CheckQuality(modelFalse, modelFound, SESSIONS), 2));
  }

  /** A check beyond the budget is never chosen while the other keeps to it. */
  @ParameterizedTest
  @CsvSource({
    "true, 0.002, 0.5, 0.002, 0.9, false",
    "true, 0.002, 0.9, 0.002, 0.9, true",
    "true, 0.002, 0.5, 0.45, 0.9, true",
    "true, 0.45, 0.9, 0.002, 0.5, false",
    "true, 0.45, 0.9, 0.3, 0.5, false",
    "true, 0.3, 0.5, 0.45, 0.9, true",
    "false, 0.002, 0.9, 0.45, 0.5, false",
  })
  void keepsToTheBudgetBeforeItFinds(
      boolean on,
      double countsFalse,
      double countsFound,
      double modelFalse,
      double modelFound,
      boolean byCounts) {
    SequenceModel.Choice choice = choice(on, countsFalse, countsFound, modelFalse, modelFound);
    assertThat(choice.byCounts()).isEqualTo(byCounts);
    assertThat(choice.falseAlarms()).isEqualTo(byCounts ? countsFalse : modelFalse);
  }
}
