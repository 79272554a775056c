package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.train.AveragingSpec.UpdaterState;
import org.junit.jupiter.api.Test;

class OuterStepTest {

  @Test
  void nesterovMomentumByHand() {
    OuterStep outer = new OuterStep(new AveragingSpec(UpdaterState.AVERAGED, 0, 0.5, 0.5));
    float[] velocity = {0};

    // Towards 2: speed 2, half of 2 + 0.5 * 2.
    float[] first = outer.apply(new float[] {0}, new float[] {2}, velocity);
    assertThat(velocity).containsExactly(2);
    assertThat(first).containsExactly(1.5f);
    // Towards 2.5 from 1.5: speed 0.5 * 2 + 1, half of 1 + 0.5 * 2.
    float[] second = outer.apply(first, new float[] {2.5f}, velocity);
    assertThat(velocity).containsExactly(2);
    assertThat(second).containsExactly(2.5f);
  }

  @Test
  void thePlainAverageNeedsNoVelocity() {
    assertThat(new OuterStep(new AveragingSpec(UpdaterState.AVERAGED, 0, 1, 0)).needsVelocity())
        .isFalse();
  }
}
