package io.longcast.model.dl4j;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The entries of a file that DL4J's serializer wrote, taken apart without DL4J: nothing in the file
 * names code to run, and no length in it is believed before that many bytes are there.
 */
final class NetworkArchive {
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";
  private static final String UPDATER = "updaterState.bin";
  private static final int MAX_CONFIGURATION = 1 << 20;

  /**
   * Floats of a trained network hardly compress; what grows far beyond its archive is no network.
   */
  private static final int MAX_GROWTH = 20;

  private static final int HEADERS = 1 << 16;
  private static final int ADAM_STATES = 2;

  private final Map<String, byte[]> entries;

  private NetworkArchive(Map<String, byte[]> entries) {
    this.entries = entries;
  }

  /**
   * @throws IllegalArgumentException if the bytes are no such archive, or one with other entries or
   *     larger ones than a network has; the message names the entry
   */
  static NetworkArchive read(byte[] archive) {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        byte[] content = bounded(zip, name, limit(name, archive.length, entries));
        if (entries.put(name, content) != null) {
          throw refused("it contains " + name + " twice");
        }
      }
    } catch (ZipException | EOFException damaged) {
      throw refused("it is not a complete archive: " + damaged.getMessage());
    } catch (IOException impossible) {
      throw refused(impossible.toString());
    }
    return new NetworkArchive(entries);
  }

  private static long limit(String name, int archive, Map<String, byte[]> before) {
    return switch (name) {
      case CONFIGURATION -> MAX_CONFIGURATION;
      case PARAMETERS -> HEADERS + MAX_GROWTH * (long) archive;
      case UPDATER -> HEADERS + ADAM_STATES * (long) length(before, PARAMETERS);
      default -> throw refused("it contains the entry " + name);
    };
  }

  private static int length(Map<String, byte[]> entries, String name) {
    return entries.getOrDefault(name, new byte[0]).length;
  }

  private static byte[] bounded(ZipInputStream zip, String name, long limit) throws IOException {
    int most = (int) Math.min(limit, Integer.MAX_VALUE - 16);
    byte[] content = zip.readNBytes(most);
    if (zip.read() >= 0) {
      throw refused("its entry %s has more than %d bytes".formatted(name, most));
    }
    return content;
  }

  /** The JSON of the configuration. */
  String configuration() {
    return new String(entry(CONFIGURATION), StandardCharsets.UTF_8);
  }

  /** The parameters, flat. */
  float[] parameters() {
    return floats(PARAMETERS);
  }

  /** The state of Adam, flat; empty where the file holds none. */
  Optional<float[]> updater() {
    return Optional.ofNullable(entries.get(UPDATER)).map(state -> floats(UPDATER));
  }

  private byte[] entry(String name) {
    byte[] content = entries.get(name);
    if (content == null) {
      throw refused("it has no entry " + name);
    }
    return content;
  }

  /** An nd4j array: a buffer with shape and strides, then one with the values. */
  private float[] floats(String name) {
    byte[] content = entry(name);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      buffer(in, name, "LONG", Long.BYTES);
      ByteBuffer values = buffer(in, name, "FLOAT", Float.BYTES);
      if (in.available() > 0) {
        throw refused("its entry %s has %d surplus bytes".formatted(name, in.available()));
      }
      float[] floats = new float[values.remaining() / Float.BYTES];
      values.asFloatBuffer().get(floats);
      return floats;
    } catch (IOException end) {
      throw refused("its entry %s ends too early".formatted(name));
    }
  }

  /** How it was allocated, how many values, their type, then the values. */
  private static ByteBuffer buffer(DataInputStream in, String name, String type, int size)
      throws IOException {
    in.readUTF();
    long count = in.readLong();
    String found = in.readUTF();
    if (!found.equals(type)) {
      throw refused("its entry %s has values of type %s, expected %s".formatted(name, found, type));
    }
    if (count < 0 || count > in.available() / size) {
      throw refused(
          "its entry %s declares %d values of %d bytes, found %d bytes"
              .formatted(name, count, size, in.available()));
    }
    return ByteBuffer.wrap(in.readNBytes((int) count * size));
  }

  static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("cannot use the network file: " + why);
  }
}
