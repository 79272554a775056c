package io.longcast.model.dl4j;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Admits a DL4J file only if it has the entries and names the classes that we write. */
final class NetworkClasses {
  private static final Set<String> ENTRIES =
      Set.of("configuration.json", "coefficients.bin", "updaterState.bin");
  private static final Set<String> CLASSES =
      Set.of(
          "io.longcast.model.dl4j.ForecastLayer",
          "org.nd4j.linalg.activations.impl.ActivationIdentity",
          "org.nd4j.linalg.learning.config.Adam",
          "org.deeplearning4j.nn.weights.WeightInitXavier");
  private static final Pattern NAMED_CLASS = Pattern.compile("\"@class\"\\s*:\\s*\"([^\"]*)\"");

  private NetworkClasses() {}

  /**
   * @throws IllegalArgumentException naming the entry or class that is not admitted
   */
  static void check(byte[] file) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!ENTRIES.contains(entry.getName())) {
          throw new IllegalArgumentException(
              "the network file holds " + entry.getName() + ", which is not one of " + ENTRIES);
        }
        if (entry.getName().equals("configuration.json")) {
          checkNames(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the network file is no readable archive", e);
    }
  }

  private static void checkNames(String json) {
    Matcher named = NAMED_CLASS.matcher(json);
    while (named.find()) {
      if (!CLASSES.contains(named.group(1))) {
        throw new IllegalArgumentException(
            "the network file names the class " + named.group(1) + ", which is not admitted");
      }
    }
  }
}
