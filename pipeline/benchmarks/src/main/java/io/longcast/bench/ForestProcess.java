package io.longcast.bench;

import io.longcast.benchmark.PeerProcess;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AWS's Random Cut Forest in its own JVM. */
final class ForestProcess {
  private static final int[] SHINGLES = {8, 24};
  private static final int TREES = 50;
  private static final Pattern FIGURES =
      Pattern.compile("([0-9.]+) us a point\\s+([0-9]+) bytes of state");

  private ForestProcess() {}

  /** A line for each shingle size, or one that says why there is none. */
  static List<String> lines(AnomalyBenchSpec bench) {
    PeerProcess peer = new PeerProcess(ForestProcess.class, "ForestPeer.java", List.of(jar(bench)));
    if (!peer.isAvailable()) {
      return List.of("Random Cut Forest: no jar to run, key bench.anomaly.forest or " + jar(bench));
    }
    return Arrays.stream(SHINGLES).mapToObj(shingle -> run(bench, peer, shingle)).toList();
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
        .orElse(
            PeerProcess.localJar(
                "software.amazon.randomcutforest", "randomcutforest-core", "4.3.0"));
  }

  private static String run(AnomalyBenchSpec bench, PeerProcess peer, int shingle) {
    try {
      return peer.run(
          Integer.toString(bench.points()), Integer.toString(shingle), Integer.toString(TREES));
    } catch (IllegalStateException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return "Random Cut Forest did not run: " + e.getMessage();
    }
  }
}
