package io.longcast.model.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.longcast.model.network.NetworkFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The forecasting network as a DL4J {@link MultiLayerNetwork} and as the file that DL4J's own
 * serializer writes: configuration, parameters and the state of Adam.
 */
public final class NetworkFile {
  private static final Set<String> CLASSES =
      Set.of(
          ForecastLayer.class.getName(),
          ActivationIdentity.class.getName(),
          Adam.class.getName(),
          WeightInitXavier.class.getName());

  private NetworkFile() {}

  /**
   * A network as it comes out of a file.
   *
   * @param factory what it is built from
   * @param parameters flat
   * @param updaterState flat, or null where the file holds none
   */
  public record Content(NetworkFactory factory, float[] parameters, float[] updaterState) {
    public Content {
      parameters = parameters.clone();
      updaterState = updaterState == null ? null : updaterState.clone();
    }
  }

  /** A DL4J network with initial parameters, ready for DL4J's fit. */
  public static MultiLayerNetwork network(NetworkFactory factory, long seed, double learningRate) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .list()
                .layer(ForecastLayer.of(factory, learningRate))
                .build());
    network.init();
    return network;
  }

  /** A DL4J network that holds trained parameters and, unless null, the state of Adam. */
  public static MultiLayerNetwork network(
      NetworkFactory factory, float[] parameters, float[] updaterState) {
    MultiLayerNetwork network = network(factory, 0, 1e-3);
    network.setParams(row(parameters));
    if (updaterState != null) {
      network.getUpdater().setStateViewArray(network, row(updaterState), false);
    }
    return network;
  }

  private static INDArray row(float[] values) {
    return Nd4j.createFromArray(values).reshape(1, values.length);
  }

  /** What a DL4J network holds. */
  public static Content content(MultiLayerNetwork network) {
    ForecastLayer layer =
        (ForecastLayer) network.getLayerWiseConfigurations().getConf(0).getLayer();
    INDArray state = network.getUpdater().getStateViewArray();
    return new Content(
        layer.factory(),
        network.params().data().asFloat(),
        state == null ? null : state.dup().data().asFloat());
  }

  /**
   * The bytes of DL4J's serializer, with a fixed time in the archive: the same in, the same out.
   */
  public static byte[] write(NetworkFactory factory, float[] parameters, float[] updaterState) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(
          network(factory, parameters, updaterState), bytes, updaterState != null);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the network", e);
    }
    return withoutTime(bytes.toByteArray());
  }

  private static byte[] withoutTime(byte[] archive) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry found = in.getNextEntry(); found != null; found = in.getNextEntry()) {
        ZipEntry entry = new ZipEntry(found.getName());
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        out.putNextEntry(entry);
        in.transferTo(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the network", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote. Makes no object that the file names: of the configuration only
   * the settings of the network are taken, after every class it names was found on the list.
   *
   * @throws IllegalArgumentException if the file is damaged, names another class or holds more than
   *     a network; the message says what
   */
  public static Content read(byte[] bytes) {
    NetworkArchive archive = NetworkArchive.read(bytes);
    JsonNode layers =
        NetworkClasses.checked(archive.configuration(), CLASSES::contains).path("confs");
    JsonNode network = layers.path(0).path("layer").path("network");
    if (layers.size() != 1 || !network.isTextual()) {
      throw NetworkArchive.refused("it is not a network of one layer with its settings");
    }
    NetworkFactory factory = NetworkJson.read(network.textValue());
    float[] parameters = archive.parameters();
    if (parameters.length != factory.parameters()) {
      throw NetworkArchive.refused(
          "it has %d parameters, its settings need %d"
              .formatted(parameters.length, factory.parameters()));
    }
    return new Content(factory, parameters, archive.updater().orElse(null));
  }
}
