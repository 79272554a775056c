package io.longcast.model.bundle;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.model.ModelSpec;
import io.longcast.model.NetworkDefinition;
import io.longcast.model.NetworkInputs;
import io.longcast.model.dl4j.NetworkFile;
import io.longcast.model.dl4j.configured.ConfiguredNetwork;
import io.longcast.model.network.NetworkFactory;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.model.zero.tuning.ZeroDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The network among the files of a bundle: what it is, and its parameters. */
public final class NetworkFiles {
  /** The resolved spec and the inputs, as JSON. */
  public static final String NETWORK = "network.json";

  /** The parameters, little-endian floats; those of an ensemble member after member. */
  public static final String PARAMETERS = "parameters.bin";

  /**
   * The same network as DL4J's own serializer writes it, for users of DL4J; of an ensemble its
   * first member, the others beside it as {@code network-2.zip} and so on.
   */
  public static final String DL4J = "network.zip";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .build();

  private NetworkFiles() {}

  /** With the sizes of a network that was trained from the pretrained one; else null. */
  private record Description(ModelSpec model, NetworkInputs inputs, ZeroShape pretrained) {
    static Description of(NetworkDefinition network) {
      return new Description(
          network.model(),
          network.inputs(),
          network instanceof ZeroDefinition zero ? zero.shape() : null);
    }

    NetworkDefinition network() {
      return pretrained == null
          ? ConfiguredNetwork.of(model, inputs)
          : new ZeroDefinition(model, inputs, pretrained);
    }
  }

  /** The files of a network. */
  public static Map<String, byte[]> write(NetworkDefinition network, float[] parameters) {
    Map<String, byte[]> files = new TreeMap<>();
    try {
      files.put(
          NETWORK,
          JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(Description.of(network)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the network's spec cannot be written as JSON", e);
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * parameters.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(parameters);
    files.put(PARAMETERS, bytes.array());
    if (network instanceof ZeroDefinition) {
      return files; // DL4J has no such layers.
    }
    int length = network.parameters();
    for (int member = 0; member * length < parameters.length; member++) {
      float[] own = Arrays.copyOfRange(parameters, member * length, (member + 1) * length);
      String name = member == 0 ? DL4J : "network-" + (member + 1) + ".zip";
      files.put(name, archive(network, own));
    }
    return files;
  }

  private static byte[] archive(NetworkDefinition network, float[] parameters) {
    return network instanceof ConfiguredNetwork configured
        ? configured.file(parameters)
        : NetworkFile.write((NetworkFactory) network, parameters, null);
  }

  /** The network of a bundle. */
  public static NetworkDefinition network(ModelBundle bundle) {
    try {
      return JSON.readValue(bundle.file(NETWORK), Description.class).network();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the model "
              + bundle.manifest().modelId()
              + " cannot be used: "
              + NETWORK
              + " does not describe a network",
          e);
    }
  }

  /**
   * The parameters of a bundle, those of the members of an ensemble one after the other.
   *
   * @throws IllegalArgumentException if there are not as many as its network has
   */
  public static float[] parameters(ModelBundle bundle) {
    ByteBuffer bytes = ByteBuffer.wrap(bundle.file(PARAMETERS)).order(ByteOrder.LITTLE_ENDIAN);
    int length = network(bundle).parameters();
    if (bytes.remaining() == 0 || bytes.remaining() % (4L * length) != 0) {
      throw new IllegalArgumentException(
          "the model %s cannot be used: %s has %d bytes, its network %d parameters of 4"
              .formatted(bundle.manifest().modelId(), PARAMETERS, bytes.remaining(), length));
    }
    float[] parameters = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(parameters);
    return parameters;
  }
}
