package io.longcast.model.zero.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.model.recurrent.Numerics;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.state.StateFormatException;
import org.junit.jupiter.api.Test;

class PretrainingTest {
  private static final PretrainSpec SPEC = spec(1);

  private static PretrainSpec spec(long seed) {
    return new PretrainSpec(
        seed, new ZeroShape(8, 1, 2, 8), 8, 2, 40, 0.01, 2, 0.1, 0.02, 0.9, 4, 0.35, 0.7);
  }

  private static Pretraining training(int threads) {
    return new Pretraining(SPEC, Numerics::open, threads);
  }

  @Test
  void givesTheSameBitsOnOneThreadAndTwo() {
    try (Pretraining one = training(1);
        Pretraining two = training(2)) {
      for (int i = 0; i < 4; i++) {
        one.update();
        two.update();
      }
      assertThat(two.checkpoint()).isEqualTo(one.checkpoint());
    }
  }

  @Test
  void resumesToTheSameBits() {
    try (Pretraining whole = training(1);
        Pretraining resumed = training(1)) {
      whole.update();
      whole.update();
      byte[] saved = whole.checkpoint();
      whole.update();
      resumed.resume(saved);
      resumed.update();
      assertThat(resumed.checkpoint()).isEqualTo(whole.checkpoint());
    }
  }

  @Test
  void refusesACheckpointOfOtherSettings() {
    try (Pretraining training = training(1);
        Pretraining other = new Pretraining(spec(2), Numerics::open, 1)) {
      byte[] saved = training.checkpoint();
      assertThatThrownBy(() -> other.resume(saved))
          .isInstanceOf(StateFormatException.class)
          .hasMessageContaining("pretrain.folder");
    }
  }

  @Test
  void learns() {
    try (Pretraining training = training(1)) {
      double before = training.validationLoss(2);
      while (!training.isDone()) {
        training.update();
      }
      assertThat(training.validationLoss(2)).isLessThan(0.95 * before);
    }
  }

  @Test
  void warmsUpAndDecaysToTheFinalRate() {
    assertThat(SPEC.rate(0)).isEqualTo(0.005);
    assertThat(SPEC.rate(40)).isCloseTo(0.001, org.assertj.core.api.Assertions.within(1e-12));
  }
}
