package io.longcast.anomaly.logs.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.anomaly.logs.language.KeyModelSpec.Input;
import io.longcast.anomaly.logs.language.KeyTraining.Outcome;
import io.longcast.anomaly.logs.sequence.SessionSet;
import io.longcast.model.Trainable.StepReport;
import io.longcast.model.recurrent.CellKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run whose gradient explodes is diagnosed, and mended by clipping. */
class ExplodingRunTest {
  private static final SessionSet HELLO = KeyModels.set(4, KeyModels.word("hello", "ehlo"));

  private static KeyModelSpec clipped(double norm) {
    return new KeyModelSpec(
        CellKind.RNN, 1, 16, Input.ONE_HOT, 1, false, 64, 1, KeyModels.updater(norm));
  }

  private static StepReport report(double norm, boolean clipped) {
    return new StepReport(1, norm, clipped, 4);
  }

  @Test
  void anExplosionIsDiagnosedWithTheKeyThatMendsIt() {
    Outcome outcome =
        new Outcome(null, List.of(report(1, false), report(2, false), report(5e6, false)));
    assertThat(outcome.diagnosis())
        .get()
        .asString()
        .contains("exploded in 1 of 3 steps", "5.00e+06", "logs.model.updater.gradientNorm");
  }

  @Test
  void aClippedExplosionNeedsNoMending() {
    Outcome outcome =
        new Outcome(null, List.of(report(1, false), report(2, false), report(5e6, true)));
    assertThat(outcome.diagnosis()).isEmpty();
  }

  @Test
  void aRunThatDivergesLearnsOnceItIsSlowedDown() {
    KeyTrainingSpec wild = new KeyTrainingSpec(60, 4, 1e38, 1);
    assertThatThrownBy(() -> KeyTraining.fit(HELLO, clipped(1e30), wild))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("training exploded at step")
        .hasMessageContaining("logs.training.peakRate");
    Outcome calm = KeyTraining.fit(HELLO, clipped(1), new KeyTrainingSpec(150, 4, 0.02, 1));
    assertThat(calm.diagnosis()).isEmpty();
    assertThat(calm.reports().get(149).loss()).isLessThan(0.1);
  }
}
