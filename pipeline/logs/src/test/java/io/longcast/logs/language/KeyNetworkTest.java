package io.longcast.logs.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.logs.language.KeyModelSpec.Input;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.CellSpec;
import io.longcast.model.recurrent.Numerics;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("kernels")
class KeyNetworkTest {
  private final Backend backend = Numerics.plain();
  private final KeyBatch batch =
      new KeyBatch(new int[][] {{0, 1, 2, 1}, {2}, {1, 1, SessionSet.UNSEEN, 0, 2, 0}}, 3);

  @AfterEach
  void close() {
    backend.close();
  }

  private static KeyModelSpec spec(CellKind cell, Input input, int chunk) {
    return new KeyModelSpec(cell, 2, 5, input, 4, true, chunk, 3, KeyModels.updater(1));
  }

  private KeyNetwork network(KeyModelSpec spec) {
    return new KeyNetwork(spec, 3, 4, backend);
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void gradientsAgreeWithFiniteDifferences(CellKind cell) {
    for (Input input : Input.values()) {
      KeyNetwork network = network(spec(cell, input, 16));
      float[] parameters = new float[network.layout().length];
      network.layout().initialize(parameters, 3);
      float[] gradient = new float[parameters.length];
      network.lossAndGradient(batch, parameters, gradient);
      // An unseen target has a constant loss, so that its weight is in the mean but not here.
      Random random = new Random(1);
      for (int n = 0; n < 60; n++) {
        int i = random.nextInt(parameters.length);
        float kept = parameters[i];
        float h = 4e-3f;
        parameters[i] = kept + h;
        double up = network.loss(batch, parameters).mean();
        parameters[i] = kept - h;
        double down = network.loss(batch, parameters).mean();
        parameters[i] = kept;
        assertThat((double) gradient[i])
            .as("%s %s parameter %d", cell, input, i)
            .isCloseTo((up - down) / (2 * h), within(2e-4 + 0.02 * Math.abs(gradient[i])));
      }
    }
  }

  @Test
  void aSessionCutInChunksHasTheSameLoss() {
    KeyNetwork whole = network(spec(CellKind.LSTM, Input.EMBEDDING, 16));
    KeyNetwork chunks = network(spec(CellKind.LSTM, Input.EMBEDDING, 2));
    float[] parameters = new float[whole.layout().length];
    whole.layout().initialize(parameters, 3);
    double expected = whole.loss(batch, parameters).sum();
    assertThat(chunks.loss(batch, parameters).sum()).isCloseTo(expected, within(1e-4));
    float[] gradient = new float[parameters.length];
    chunks.lossAndGradient(batch, parameters, gradient);
    assertThat(gradient).doesNotContain(Float.NaN);
  }

  @Test
  void oneHotAndEmbeddingAreTheSameFunctionWhenTied() {
    KeyModelSpec embedded =
        new KeyModelSpec(
            CellKind.LSTM, 1, 5, Input.EMBEDDING, 4, false, 16, 1, KeyModels.updater(1));
    KeyModelSpec oneHot =
        new KeyModelSpec(CellKind.LSTM, 1, 5, Input.ONE_HOT, 4, false, 16, 1, KeyModels.updater(1));
    float[] parameters = new float[new KeyLayout(embedded, 3).length];
    new KeyLayout(embedded, 3).initialize(parameters, 9);
    float[] tied = tie(embedded, oneHot, parameters);
    List<int[]> sessions = List.of(new int[] {0, 1, 2, 1}, new int[] {2, 2});
    List<float[][]> a = new KeyLanguageModel(embedded, 3, parameters).probabilities(sessions);
    List<float[][]> b = new KeyLanguageModel(oneHot, 3, tied).probabilities(sessions);
    for (int s = 0; s < 2; s++) {
      for (int t = 0; t < a.get(s).length; t++) {
        assertThat(b.get(s)[t]).usingComparatorWithPrecision(1e-5f).containsExactly(a.get(s)[t]);
      }
    }
  }

  /** Input weights of the one-hot network: those of the embedded one times the embedding. */
  private static float[] tie(KeyModelSpec embedded, KeyModelSpec oneHot, float[] parameters) {
    KeyLayout from = new KeyLayout(embedded, 3);
    KeyLayout to = new KeyLayout(oneHot, 3);
    float[] tied = new float[to.length];
    CellSpec cell = to.cells.get(0);
    for (int row = 0; row < cell.gates() * cell.hidden(); row++) {
      for (int key = 0; key <= 3; key++) {
        for (int e = 0; e < from.width; e++) {
          tied[row * 4 + key] +=
              parameters[from.stackAt + row * from.width + e] * parameters[key * from.width + e];
        }
      }
    }
    int rest = from.stackAt + from.cells.get(0).recurrentAt();
    System.arraycopy(parameters, rest, tied, cell.recurrentAt(), from.length - rest);
    return tied;
  }
}
