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
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  private static byte[] file() {
    return NetworkFile.write(FACTORY, new float[FACTORY.parameters()], null);
  }

  private static void assertRefused(byte[] file, String why) {
    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot use the network file: ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@class", "\\u0040class", "\\u0040\\u0063lass", "@cl\\u0061ss"})
  void refusesAFileThatNamesAnotherClassHoweverTheKeyIsSpelt(String key) throws IOException {
    String adam = "\"@class\" : \"org.nd4j.linalg.learning.config.Adam\"";
    String other = "\"%s\" : \"org.nd4j.linalg.learning.config.Evil\"".formatted(key);
    assertRefused(altered(file(), adam, other), "learning.config.Evil, which is not admitted");
    String list = "\"regularization\" : [ ]";
    String nested =
        "\"regularization\" : [ [ { \"%s\" : \"java.lang.Runtime\" } ] ]".formatted(key);
    assertRefused(altered(file(), list, nested), "java.lang.Runtime, which is not admitted");
    String twice = adam + ", " + other;
    assertRefused(altered(file(), adam, twice), key.equals("@class") ? "Duplicate" : "");
    String number = "\"%s\" : [ \"org.nd4j.linalg.learning.config.Adam\" ]".formatted(key);
    assertRefused(altered(file(), adam, number), "not admitted");
  }

  @Test
  void refusesConfigurationsThatAreNested() throws IOException {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    assertRefused(altered(file(), "\"constraints\" : null", "\"constraints\" : " + deep), "depth");
  }

  @Test
  void refusesEntriesThatANetworkDoesNotHave() throws IOException {
    assertRefused(
        with(file(), "normalizer.bin", new byte[8]), "it contains the entry normalizer.bin");
    assertRefused(with(file(), "../escape", new byte[8]), "it contains the entry ../escape");
    assertRefused(new byte[0], "it has no entry configuration.json");
  }

  @Test
  void refusesArchivesThatGrowBeyondANetwork() throws IOException {
    byte[] bomb = with(new byte[0], "coefficients.bin", new byte[50 << 20]);
    assertThat(bomb).hasSizeLessThan(60_000);
    assertRefused(bomb, "coefficients.bin has more than");
    assertRefused(with(file(), "updaterState.bin", new byte[1 << 20]), "updaterState.bin has more");
    byte[] text = with(new byte[0], "configuration.json", new byte[2 << 20]);
    assertRefused(text, "configuration.json has more than 1048576 bytes");
  }

  @Test
  void believesNoLengthBeforeItsBytesAreThere() throws IOException {
    byte[] plain = new byte[0];
    for (long count : new long[] {Long.MAX_VALUE, 1L << 40, Integer.MAX_VALUE, 100, -1}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(count);
      out.writeUTF("LONG");
      out.write(new byte[64]);
      byte[] both = with(plain, "coefficients.bin", bytes.toByteArray());
      byte[] crafted = with(both, "configuration.json", configuration(file()));
      assertRefused(crafted, "coefficients.bin declares " + count + " values of 8 bytes, found 64");
    }
  }

  @Test
  void refusesParametersOfAnotherNetwork() throws IOException {
    assertRefused(
        altered(file(), "\\\"hiddenSize\\\":6", "\\\"hiddenSize\\\":4096"),
        "it has %d parameters".formatted(FACTORY.parameters()));
    assertThatThrownBy(
            () ->
                NetworkFile.read(
                    altered(file(), "\\\"horizon\\\":4", "\\\"horizon\\\":2000000000")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the network is too large");
  }

  @Test
  void refusesDamagedFilesWithoutAnyOtherFailure() {
    byte[] whole = file();
    SplittableRandom random = new SplittableRandom(23);
    int read = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] damaged =
          Arrays.copyOf(
              whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
      for (int change = random.nextInt(1, 5); change > 0 && damaged.length > 0; change--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        NetworkFile.read(damaged);
        read++;
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
    assertThat(read).isLessThan(1500);
  }

  private static byte[] altered(byte[] file, String from, String to) throws IOException {
    String text = new String(configuration(file), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    return with(
        file, "configuration.json", text.replace(from, to).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] configuration(byte[] file) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file))) {
      while (!in.getNextEntry().getName().equals("configuration.json")) {
        in.closeEntry();
      }
      return in.readAllBytes();
    }
  }

  /** The archive with an entry put in or replaced. */
  private static byte[] with(byte[] file, String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.getName().equals(name)) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          in.transferTo(out);
        }
      }
      out.putNextEntry(new ZipEntry(name));
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
