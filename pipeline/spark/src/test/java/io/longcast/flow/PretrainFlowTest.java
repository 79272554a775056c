package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.model.zero.ZeroWeights;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.model.zero.training.PretrainSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainFlowTest {
  @TempDir private Path folder;

  private final List<String> log = new ArrayList<>();

  private PretrainFlow.Outcome run(String name, long steps, boolean resume) throws IOException {
    PretrainSpec spec =
        new PretrainSpec(
            1, new ZeroShape(4, 1, 1, 4), 2, 1, steps, 0.01, 1, 0.1, 0.02, 0.9, 3, 0.3, 0.7);
    PretrainSettings settings =
        new PretrainSettings(folder.resolve(name).toString(), 1, Duration.ofNanos(1), spec);
    return new PretrainFlow(settings, log::add).run(resume);
  }

  @Test
  void writesWeightsThatCanBeRead() throws IOException {
    PretrainFlow.Outcome done = run("a", 3, false);
    assertThat(done.steps()).isEqualTo(3);
    assertThat(done.loss()).isPositive().isFinite();
    ZeroWeights read = ZeroWeights.fromBytes(Files.readAllBytes(done.weights()));
    assertThat(read.id()).isEqualTo(done.id());
    assertThat(log.get(0)).contains("from step 0 of 3");
  }

  @Test
  void goesOnWithMoreStepsOnlyWhenToldTo() throws IOException {
    run("b", 2, false);
    assertThatThrownBy(() -> run("b", 4, false))
        .hasMessageContaining("--resume")
        .hasMessageContaining("pretrain.folder");
    assertThat(run("b", 4, true).steps()).isEqualTo(4);
    assertThat(log).anyMatch(line -> line.contains("from step 2 of 4"));
  }
}
