package io.longcast.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longcast.model.ForecastBatch;
import io.longcast.model.NetworkDefinition;
import io.longcast.model.NetworkInputs;
import io.longcast.model.Trainable;
import io.longcast.model.WindowForecaster;
import io.longcast.model.dl4j.NetworkFile;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.network.Specs;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelBundleTest {
  private static final String GOLDEN = "/golden/bundle-1/";
  private static final List<String> GOLDEN_FILES =
      List.of(Manifest.FILE, NetworkFiles.NETWORK, NetworkFiles.PARAMETERS, NetworkFiles.DL4J);
  private static final NetworkFactory NETWORK =
      new NetworkFactory(Specs.recipe(4, 6, List.of(.1, .5, .9), true), NetworkInputs.of(12, 4));

  static ModelBundle bundle() {
    Manifest draft =
        new Manifest(
            1,
            "",
            "small",
            "",
            3,
            "fingerprint",
            "plain-0-v1",
            Map.of("model.cell", "lstm"),
            Map.of("network", Map.of("mase", .5)),
            Map.of("java", "17"),
            Map.of(),
            Map.of());
    return ModelBundle.of(draft, NetworkFiles.write(NETWORK, start()));
  }

  private static float[] start() {
    try (Trainable network = NETWORK.open()) {
      network.initialize(11);
      float[] parameters = new float[network.parameterCount()];
      network.store(parameters, null);
      return parameters;
    }
  }

  private static float[] forecast(NetworkDefinition network, float[] parameters) {
    WindowBatch batch = new WindowBatch(1, new WindowSpec(12, 4, 1), 0, 0, 0);
    batch.add(null, 0, 12, 0);
    for (int j = 0; j < 12; j++) {
      batch.context()[j] = 10 + j % 4;
    }
    Arrays.fill(batch.contextObserved(), 1);
    ForecastBatch found = new ForecastBatch(1, 4, 3);
    try (WindowForecaster forecaster = network.forecaster(parameters)) {
      forecaster.forecast(batch, found);
    }
    return found.point().clone();
  }

  @Test
  void comesBackAsItWasAndHasTheSameIdEveryTime() {
    ModelBundle bundle = bundle();
    ModelBundle read = ModelBundle.read(bundle.files(), "here");
    assertThat(read.manifest()).isEqualTo(bundle.manifest());
    assertThat(bundle().manifest().modelId()).isEqualTo(bundle.manifest().modelId());
    assertThat(NetworkFiles.network(read)).isEqualTo(NETWORK);
    assertThat(NetworkFiles.parameters(read)).isEqualTo(start());
    NetworkFile.Content content = NetworkFile.read(read.file(NetworkFiles.DL4J));
    assertThat(content.factory()).isEqualTo(NETWORK);
    assertThat(content.parameters()).isEqualTo(start());
  }

  @Test
  void refusesAFlippedBitInAnyFileByName() {
    bundle()
        .files()
        .forEach(
            (name, bytes) -> {
              Map<String, byte[]> files = new TreeMap<>(bundle().files());
              byte[] changed = bytes.clone();
              changed[changed.length / 2] ^= 1;
              files.put(name, changed);
              if (!name.equals(Manifest.FILE)) {
                assertThatThrownBy(() -> ModelBundle.read(files, "there"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("there")
                    .hasMessageContaining(name);
              }
            });
  }

  @Test
  void refusesAMissingFileAndANewerFormat() {
    Map<String, byte[]> fewer = new TreeMap<>(bundle().files());
    fewer.remove(NetworkFiles.PARAMETERS);
    assertThatThrownBy(() -> ModelBundle.read(fewer, "there"))
        .hasMessageContaining(NetworkFiles.PARAMETERS);
    Map<String, byte[]> newer = new TreeMap<>(bundle().files());
    String manifest = new String(newer.get(Manifest.FILE), StandardCharsets.UTF_8);
    newer.put(
        Manifest.FILE,
        manifest
            .replaceFirst("\"formatVersion\" : 1", "\"formatVersion\" : 99")
            .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> ModelBundle.read(newer, "there"))
        .hasMessageContaining("format 99")
        .hasMessageContaining("newer version");
  }

  @Test
  void readsABundleThatFormatOneWrote() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : GOLDEN_FILES) {
      try (InputStream in = ModelBundleTest.class.getResourceAsStream(GOLDEN + name)) {
        files.put(name, in.readAllBytes());
      }
    }
    ModelBundle golden = ModelBundle.read(files, "golden");
    float[] found = forecast(NetworkFiles.network(golden), NetworkFiles.parameters(golden));
    float[] expected = {10.6982975f, 11.2204685f, 11.719398f, 12.197935f};
    assertThat(found).containsExactly(expected, within(1e-3f));
    assertThat(NetworkFile.read(golden.file(NetworkFiles.DL4J)).parameters())
        .isEqualTo(NetworkFiles.parameters(golden));
  }

  /** Made the golden files: the folder to write to. */
  public static void main(String[] arguments) {
    bundle()
        .files()
        .forEach(
            (name, bytes) -> {
              try {
                Files.createDirectories(Path.of(arguments[0]));
                Files.write(Path.of(arguments[0]).resolve(name), bytes);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    System.out.println(Arrays.toString(forecast(NETWORK, start())));
  }
}
