package io.longcast.anomaly.logs;

import io.longcast.anomaly.logs.language.KeyModelSpec;
import io.longcast.anomaly.logs.language.KeyModelSpec.Input;
import io.longcast.anomaly.logs.language.KeyTrainingSpec;
import io.longcast.anomaly.logs.line.LineSpec;
import io.longcast.anomaly.logs.line.LogForm;
import io.longcast.anomaly.logs.sequence.CountVectorSpec;
import io.longcast.anomaly.logs.template.DefaultMasks;
import io.longcast.anomaly.logs.template.TemplateSpec;
import io.longcast.generate.LogGenerateStage;
import io.longcast.model.ModelSpec.Updater;
import io.longcast.model.recurrent.CellKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Settings of the tests. */
final class LogSpecs {
  private LogSpecs() {}

  static LineSpec devices() {
    return new LineSpec(
        LogForm.PATTERN,
        LogGenerateStage.PATTERN,
        Map.of(),
        "iso",
        0,
        "UTC",
        "",
        Duration.ZERO,
        false);
  }

  static LogSpec spec(int enoughSessions, int steps) {
    return new LogSpec(
        List.of(),
        devices(),
        new TemplateSpec(DefaultMasks.ALL, 6, 50_000),
        new CountVectorSpec(0.001, 2),
        new KeyModelSpec(
            CellKind.LSTM, 1, 48, Input.EMBEDDING, 16, true, 64, 1, new Updater(.9, .999, 1e-7, 1)),
        new KeyTrainingSpec(steps, 64, 5e-3, 1),
        10,
        enoughSessions,
        3,
        100_000);
  }
}
