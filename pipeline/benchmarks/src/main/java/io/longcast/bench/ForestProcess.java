package io.longcast.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS's Random Cut Forest in its own JVM, so that its library is not on the class path of Longcast:
 * the JDK runs the source file {@value #SOURCE} against the library's jar.
 */
final class ForestProcess {
  private static final String SOURCE = "ForestPeer.java";
  private static final int[] SHINGLES = {8, 24};
  private static final int TREES = 50;
  private static final Pattern FIGURES =
      Pattern.compile("([0-9.]+) us a point\\s+([0-9]+) bytes of state");
  private static final String JAR =
      "software/amazon/randomcutforest/randomcutforest-core/4.3.0/randomcutforest-core-4.3.0.jar";

  private ForestProcess() {}

  /** A line for each shingle size, or one that says why there is none. */
  static List<String> lines(AnomalyBenchSpec bench) {
    if (!Files.isReadable(jar(bench))) {
      return List.of("Random Cut Forest: no jar to run, key bench.anomaly.forest or " + jar(bench));
    }
    try {
      Path folder = Files.createTempDirectory("longcast-forest");
      Path source = folder.resolve(SOURCE);
      try (InputStream text = ForestProcess.class.getResourceAsStream(SOURCE)) {
        Files.copy(text, source);
      }
      try {
        return java.util.Arrays.stream(SHINGLES).mapToObj(s -> run(bench, source, s)).toList();
      } finally {
        Files.deleteIfExists(source);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the peer cannot be run", e);
    }
  }

  /** Microseconds a point and bytes of state by shingle size, out of its lines. */
  static Map<String, Map<String, Double>> figures(List<String> lines) {
    Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher numbers = FIGURES.matcher(line);
      if (numbers.find()) {
        figures.put(
            line.substring(0, numbers.start()).strip(),
            Map.of(
                "microseconds_a_point", Double.valueOf(numbers.group(1)),
                "state_bytes", Double.valueOf(numbers.group(2))));
      }
    }
    return figures;
  }

  private static Path jar(AnomalyBenchSpec bench) {
    return bench
        .forest()
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".m2", "repository").resolve(JAR));
  }

  private static String run(AnomalyBenchSpec bench, Path source, int shingle) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  jar(bench).toString(),
                  source.toString(),
                  Integer.toString(bench.points()),
                  Integer.toString(shingle),
                  Integer.toString(TREES))
              .redirectErrorStream(true)
              .start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? said : "Random Cut Forest did not run: " + said;
    } catch (IOException e) {
      throw new UncheckedIOException("the peer cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the peer ran", e);
    }
  }
}
