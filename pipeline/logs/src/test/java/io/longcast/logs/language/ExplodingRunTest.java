package io.longcast.logs.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.logs.language.KeyModelSpec.Input;
import io.longcast.logs.language.KeyTraining.Outcome;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepReport;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.model.recurrent.CellKind;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run whose gradient explodes is diagnosed, and mended by clipping. */
class ExplodingRunTest {
  private static final Logger LOG = LoggerFactory.getLogger(ExplodingRunTest.class);
  private static final int STEPS = 151;
  private static final int ODD = 3;
  private static final int LONG = 120;
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

  /**
   * Learns "hello" with recurrent weights that are too large for long sessions; at one step a long
   * session comes.
   */
  private static List<StepReport> withOneLongSession(double clip) {
    SessionSet set =
        KeyModels.set(
            4, HELLO.sequences().get(0), IntStream.range(0, LONG).map(i -> i % 4).toArray());
    KeyModelSpec spec =
        new KeyModelSpec(
            CellKind.RNN, 1, 16, Input.ONE_HOT, 1, false, 256, 1, KeyModels.updater(clip));
    KeyLayout layout = new KeyLayout(spec, 4);
    float[] parameters = new float[layout.length];
    layout.initialize(parameters, 3);
    int from = layout.stackAt + layout.cells.get(0).recurrentAt();
    for (int i = from; i < from + 16 * 16; i++) {
      parameters[i] *= 8;
    }
    WindowBatch hello = SessionBatches.create(1, LONG);
    SessionBatches.add(hello, set.sequences().get(1));
    WindowBatch odd = SessionBatches.create(1, LONG);
    SessionBatches.add(odd, set.sequences().get(0));
    List<StepReport> reports = new ArrayList<>();
    try (Trainable network = new KeyTrainableFactory(spec, 4, 1).open()) {
      network.load(parameters, null);
      for (int step = 0; step < STEPS; step++) {
        WindowBatch batch = step == ODD ? odd : hello;
        reports.add(network.step(batch, new StepSettings(step, 0.01, step)));
      }
    }
    return reports;
  }

  @Test
  void clippingMendsAnExplodingRun() {
    List<StepReport> free = withOneLongSession(1e30);
    List<StepReport> clipped = withOneLongSession(1);
    for (int step = 0; step < STEPS; step += 10) {
      LOG.info(
          "step {}: norm {} loss {}; clipped: norm {} loss {}",
          step,
          free.get(step).gradientNorm(),
          free.get(step).loss(),
          clipped.get(step).gradientNorm(),
          clipped.get(step).loss());
    }
    assertThat(new Outcome(null, free).diagnosis()).get().asString().contains("gradientNorm");
    assertThat(new Outcome(null, clipped).diagnosis()).isEmpty();
    double last = clipped.get(STEPS - 1).loss();
    assertThat(last).isLessThan(0.1);
    assertThat(free.get(STEPS - 1).loss()).isGreaterThan(3 * last);
  }
}
