package io.longcast.model.zero;

import io.longcast.model.zero.network.ZeroNetwork;
import io.longcast.model.zero.network.ZeroShape;
import io.longcast.state.StateFields;
import io.longcast.state.StateFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The weights of a pretrained network. Stored in half precision, about two bytes a parameter.
 *
 * @param shape sizes of the network
 * @param parameters flat; not to be changed
 */
public record ZeroWeights(ZeroShape shape, float[] parameters) implements Serializable {
  /** The name of the network in the jar. */
  public static final String BUILT_IN = "longcast-zero";

  private static final String RESOURCE = "longcast-zero.bin";
  private static final int MOST_BYTES = 1 << 28;
  private static final int ID_DIGITS = 16;
  private static final StateFormat FORMAT =
      new StateFormat(
          "pretrained network", 1, "use the version of the program that wrote the file");

  /** The network in the jar. */
  public static ZeroWeights builtIn() {
    return fromBytes(builtInBytes());
  }

  /** The stored form of the network in the jar. */
  public static byte[] builtInBytes() {
    try (InputStream in = ZeroWeights.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("this build has no pretrained network: " + RESOURCE);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The stored form. */
  public byte[] toBytes() {
    return FORMAT.write(
        fields -> {
          shape(fields, shape);
          fields.bytes(HalfFloats.encode(parameters), MOST_BYTES);
        });
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws io.longcast.state.StateFormatException if the bytes are not weights, or damaged
   */
  public static ZeroWeights fromBytes(byte[] bytes) {
    return FORMAT.read(
        bytes,
        fields -> {
          ZeroShape shape = shape(fields, new ZeroShape(1, 1, 1, 1));
          float[] parameters = HalfFloats.decode(fields.bytes(new byte[0], MOST_BYTES));
          ZeroWeights found = new ZeroWeights(shape, parameters);
          found.requireComplete();
          return found;
        });
  }

  private static ZeroShape shape(StateFields fields, ZeroShape now) {
    return new ZeroShape(
        fields.count(now.hidden(), 4096),
        fields.count(now.layers(), 16),
        fields.count(now.tokens(), 256),
        fields.count(now.head(), 1024));
  }

  private void requireComplete() {
    // Before anything of these sizes is allocated: one layer has more than hidden² weights.
    long least = (long) shape.layers() * shape.hidden() * shape.hidden();
    if (least > parameters.length) {
      throw new IllegalArgumentException(
          "a pretrained network of %s has more than %,d parameters, found %,d"
              .formatted(shape, least, parameters.length));
    }
    int expected = ZeroNetwork.parameters(shape);
    if (expected != parameters.length) {
      throw new IllegalArgumentException(
          "a pretrained network of %s has %,d parameters, found %,d"
              .formatted(shape, expected, parameters.length));
    }
  }

  /** Hash of the stored form: the first 16 digits of its SHA-256. */
  public String id() {
    return sha256(toBytes()).substring(0, ID_DIGITS);
  }

  /** SHA-256 of the parameters as little-endian floats. */
  public String sha256() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * parameters.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(parameters);
    return sha256(bytes.array());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
