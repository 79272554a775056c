package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.backtest.RetrainSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetrainRuleTest {
  private static final Instant TRAINED = Instant.parse("2024-01-31T00:00:00Z");
  private static final RetrainSpec RULE =
      new RetrainSpec(Duration.ofDays(7), true, true, Duration.ofDays(2), List.of());

  private static List<String> reasons(RetrainSpec rule, int days, boolean worse, boolean drifted) {
    return RetrainRule.reasons(
        rule,
        Optional.of(TRAINED),
        Optional.of(TRAINED.plus(Duration.ofDays(days))),
        worse,
        drifted);
  }

  @Test
  void isDueByTimeByAccuracyAndByDrift() {
    assertThat(reasons(RULE, 6, false, false)).isEmpty();
    assertThat(reasons(RULE, 7, false, false))
        .containsExactly("7 days of new data (retrain.every)");
    assertThat(reasons(RULE, 3, true, true)).hasSize(2);
    assertThat(reasons(RULE, 7, true, true)).hasSize(3);
  }

  /** A challenger that lost is not trained anew on the same rows. */
  @Test
  void pausesAfterATraining() {
    assertThat(reasons(RULE, 1, true, true)).isEmpty();
  }

  @Test
  void asksForNothingThatIsSwitchedOff() {
    RetrainSpec off = new RetrainSpec(Duration.ZERO, false, false, Duration.ZERO, List.of());
    assertThat(reasons(off, 400, true, true)).isEmpty();
    assertThat(RetrainRule.reasons(RULE, Optional.empty(), Optional.of(TRAINED), true, true))
        .isEmpty();
  }
}
