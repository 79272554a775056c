package io.longcast.logs;

import io.longcast.logs.generate.LogGenerateSpec;
import io.longcast.logs.generate.LogGenerateStage;
import io.longcast.logs.language.KeyModelSpec;
import io.longcast.logs.language.KeyModelSpec.Input;
import io.longcast.logs.line.LineSpec;
import io.longcast.logs.line.LogFileSpec;
import io.longcast.logs.line.LogForm;
import io.longcast.logs.template.TemplateSpec;
import io.longcast.model.ModelSpec.Updater;
import io.longcast.model.recurrent.CellKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of the tests. */
final class LogSpecs {
  static final SequenceSpec SEQUENCES = new SequenceSpec(0.003, 2, 10, 5, 100_000);
  static final KeyModelSpec MODEL =
      new KeyModelSpec(
          CellKind.LSTM, 1, 48, Input.EMBEDDING, 16, true, 64, 1, new Updater(.9, .999, 1e-7, 1));

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

  static LogSpec spec() {
    return new LogSpec(
        List.of(),
        Optional.of("2024-01-01T12:00:00Z"),
        LogFileSpec.defaults(),
        devices(),
        new TemplateSpec(List.of(), true, 6, 50_000),
        Optional.empty(),
        SEQUENCES,
        MODEL,
        Duration.ofMinutes(10),
        Optional.empty(),
        Map.of(),
        LogTopicSpec.none(),
        false,
        Optional.empty(),
        new LogGenerateSpec(1, 1, "2024-01-01T00:00:00Z", 0, 0, 0, 0, 1));
  }
}
