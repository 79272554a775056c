package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AlarmSharesTest {
  private static double sum(AlarmShares shares) {
    return shares.unseen() + shares.content() + shares.pairs() + shares.gaps();
  }

  @Test
  void whatUnseenKeysLeaveGoesInThirds() {
    AlarmShares shares = AlarmShares.of(0.01, 0.001, 0.003, true);
    assertThat(shares.content()).isCloseTo(0.003, within(1e-12));
    assertThat(shares.pairs()).isEqualTo(shares.content());
    assertThat(shares.gaps()).isEqualTo(shares.content());
    assertThat(sum(shares)).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void aPartThatDoesNotTakePartLeavesItsShareToTheOthers() {
    AlarmShares freePairs = AlarmShares.of(0.01, 0.001, 0.0031, true);
    assertThat(freePairs.pairs()).isZero();
    assertThat(freePairs.content()).isCloseTo(0.0045, within(1e-12));
    assertThat(sum(freePairs)).isCloseTo(0.01, within(1e-12));
    AlarmShares noTimes = AlarmShares.of(0.01, 0.001, 0.0045, false);
    assertThat(noTimes.gaps()).isZero();
    assertThat(noTimes.pairs()).isCloseTo(0.0045, within(1e-12));
    AlarmShares alone = AlarmShares.of(0.01, 0.001, 0.5, false);
    assertThat(alone.content()).isCloseTo(0.009, within(1e-12));
  }

  @Test
  void unseenKeysLikelierThanTheBudgetLeaveNothing() {
    AlarmShares shares = AlarmShares.of(0.001, 0.002, 0.002, true);
    assertThat(shares.isOverdrawn()).isTrue();
    assertThat(shares.content() + shares.pairs() + shares.gaps()).isZero();
    assertThat(AlarmShares.of(0.002, 0.002, 0.002, true).isOverdrawn()).isFalse();
  }
}
