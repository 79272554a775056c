package io.longcast.model.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ForecastBatch;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.Trainable.StepSettings;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.network.NetworkForecaster;
import io.longcast.model.network.Specs;
import io.longcast.window.WindowBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class NetworkFileTest {
  private static final NetworkInputs INPUTS = new NetworkInputs(12, 4, 1, 1, 0, List.of(3));
  private static final NetworkFactory FACTORY =
      new NetworkFactory(Specs.recipe(4, 6, List.of(.1, .5, .9), true), INPUTS);
  private static final double RATE = 1e-3;

  private static WindowBatch batch(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    WindowBatch batch = WindowRows.batch(INPUTS, 5);
    for (int i = 0; i < 5; i++) {
      batch.add(null, 0, 12, i);
      batch.statics()[i] = i % 3;
    }
    for (float[] array : List.of(batch.context(), batch.target(), batch.past(), batch.known())) {
      for (int j = 0; j < array.length; j++) {
        array[j] = 1 + (float) random.nextDouble();
      }
    }
    for (int j = 0; j < batch.contextObserved().length; j++) {
      batch.contextObserved()[j] = j % 12 >= j / 12 ? 1 : 0;
    }
    for (int j = 0; j < batch.targetObserved().length; j++) {
      batch.targetObserved()[j] = j % 5 == 0 ? 0 : 1;
    }
    return batch;
  }

  @Test
  void fitsLikeOurOwnStepAndKeepsTheSameAdamState() {
    MultiLayerNetwork network = NetworkFile.network(FACTORY, 7, RATE);
    try (Trainable ours = FACTORY.open()) {
      float[] start = network.params().data().asFloat();
      ours.load(start, null);
      for (int step = 0; step < 5; step++) {
        WindowBatch windows = batch(step);
        long seed = 7 + 0x9E3779B97F4A7C15L * step;
        double loss = ours.step(windows, new StepSettings(step, RATE, seed)).loss();
        network.fit(WindowRows.dataSet(windows, INPUTS));
        assertThat(network.score()).isCloseTo(loss, within(1e-5));
      }
      float[] parameters = new float[ours.parameterCount()];
      float[] state = new float[ours.updaterStateCount()];
      ours.store(parameters, state);
      NetworkFile.Content fitted = NetworkFile.content(network);
      assertThat(parameters).isNotEqualTo(start);
      assertThat(fitted.parameters()).containsExactly(parameters, within(2e-6f));
      assertThat(fitted.updaterState()).containsExactly(state, within(2e-6f));
    }
  }

  @Test
  void givesBackWhatWasWrittenBitForBit() {
    float[] parameters = new float[FACTORY.open().parameterCount()];
    float[] state = new float[2 * parameters.length];
    for (int i = 0; i < state.length; i++) {
      state[i] = i / 7f;
      parameters[i / 2] = i / 3f;
    }
    byte[] file = NetworkFile.write(FACTORY, parameters, state);
    assertThat(NetworkFile.write(FACTORY, parameters, state)).isEqualTo(file);
    NetworkFile.Content read = NetworkFile.read(file);
    assertThat(read.factory()).isEqualTo(FACTORY);
    assertThat(read.parameters()).isEqualTo(parameters);
    assertThat(read.updaterState()).isEqualTo(state);
  }

  @Test
  void forecastsThroughDl4jAsThroughTheForecaster() {
    MultiLayerNetwork network = NetworkFile.network(FACTORY, 7, RATE);
    WindowBatch windows = batch(1);
    DataSet rows = WindowRows.dataSet(windows, INPUTS);
    INDArray output = network.output(rows.getFeatures());
    try (NetworkForecaster forecaster = FACTORY.forecaster(network.params().data().asFloat())) {
      ForecastBatch forecasts = new ForecastBatch(5, 4, 3);
      forecaster.forecast(windows, forecasts);
      assertThat(output.dup('c').data().asFloat()).isEqualTo(forecasts.point());
    }
    assertThat(network.score(rows)).isPositive();
  }

  @Test
  void namesItsParameters() {
    MultiLayerNetwork network = NetworkFile.network(FACTORY, 7, RATE);
    assertThat(network.paramTable().keySet())
        .contains("0_embedding0.W", "0_lstm0.W", "0_lstm0.R", "0_skip.W", "0_gate.b", "0_head.W");
  }

  @Test
  void refusesAFileThatNamesAnotherClass() throws IOException {
    float[] parameters = new float[FACTORY.open().parameterCount()];
    byte[] file = NetworkFile.write(FACTORY, parameters, null);
    byte[] altered = replaceInConfiguration(file, "learning.config.Adam", "learning.config.Evil");
    assertThatThrownBy(() -> NetworkFile.read(altered))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("learning.config.Evil");
  }

  private static byte[] replaceInConfiguration(byte[] file, String from, String to)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        byte[] content = in.readAllBytes();
        if (entry.getName().equals("configuration.json")) {
          content =
              new String(content, StandardCharsets.UTF_8)
                  .replace(from, to)
                  .getBytes(StandardCharsets.UTF_8);
        }
        out.write(content);
      }
    }
    return bytes.toByteArray();
  }
}
