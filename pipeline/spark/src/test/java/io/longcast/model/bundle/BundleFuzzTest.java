package io.longcast.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.model.dl4j.NetworkFile;
import io.longcast.testing.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The files of a bundle with any content, hashed as they are: the model is read or refused. */
class BundleFuzzTest {
  /** Buffers of the parsers, inflated entries, a small network. */
  private static final long NETWORK_BYTES = 8 << 20;

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "true",
    "false",
    "-1",
    "0",
    "1e999",
    "9".repeat(30),
    "2147483647",
    "1073741824",
    "\\u0000",
    "\"hiddenSize\" : 2147483647",
    "\"layers\" : 2147483647",
    "\"@class\" : \"java.lang.Runtime\"",
    "\"\\u0040class\" : \"x\"",
    "\"formatVersion\" : 1,",
    "\"formatVersion\" : 2147483648,",
    "NaN",
    "[[[[",
    "lstm",
    "gru"
  };
  private static final List<byte[]> BYTES =
      Stream.of(PIECES).map(piece -> piece.getBytes(StandardCharsets.UTF_8)).toList();

  private final ModelBundle whole = ModelBundleTest.bundle();

  private ModelBundle with(String name, byte[] content) {
    Map<String, byte[]> files = new TreeMap<>(whole.files());
    files.remove(Manifest.FILE);
    files.put(name, content);
    return ModelBundle.of(whole.manifest(), files);
  }

  private static void open(ModelBundle bundle) {
    NetworkFiles.network(bundle);
    NetworkFiles.parameters(bundle);
    NetworkFile.read(bundle.file(NetworkFiles.DL4J));
  }

  private void manifest(byte[] input) {
    Map<String, byte[]> files = new TreeMap<>(whole.files());
    files.put(Manifest.FILE, input);
    open(ModelBundle.read(files, "fuzz"));
  }

  /** An archive with another content of one of its entries. */
  private static byte[] archive(byte[] archive, String entry, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry found = in.getNextEntry(); found != null; found = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(found.getName()));
        out.write(found.getName().equals(entry) ? content : in.readAllBytes());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }

  private static byte[] entry(byte[] archive, String entry) throws IOException {
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry found = in.getNextEntry(); found != null; found = in.getNextEntry()) {
        if (found.getName().equals(entry)) {
          return in.readAllBytes();
        }
      }
    }
    throw new AssertionError("no entry " + entry);
  }

  private void fuzz(int inputs) throws IOException {
    byte[] zip = whole.file(NetworkFiles.DL4J);
    fuzz(Manifest.FILE, inputs, whole.files().get(Manifest.FILE), this::manifest);
    for (String name : List.of(NetworkFiles.NETWORK, NetworkFiles.PARAMETERS, NetworkFiles.DL4J)) {
      fuzz(name, inputs, whole.file(name), input -> open(with(name, input)));
    }
    for (String name : List.of("configuration.json", "coefficients.bin")) {
      fuzz(
          NetworkFiles.DL4J + "/" + name,
          inputs,
          entry(zip, name),
          input -> NetworkFile.read(archive(zip, name, input)));
    }
  }

  private static void fuzz(String name, int inputs, byte[] whole, Fuzz.Parser parser) {
    List<byte[]> all = new ArrayList<>(List.of(whole));
    Fuzz fuzz = new Fuzz("bundles, " + name, NETWORK_BYTES, parser, IllegalArgumentException.class);
    int refused = fuzz.run(23, inputs, Fuzz.mutations(all, BYTES));
    assertThat(refused).as("damage is noticed").isPositive();
  }

  @Test
  void aFew() throws IOException {
    fuzz(100);
  }

  @Test
  @Tag("long")
  void many() throws IOException {
    fuzz(4000);
  }
}
