package io.longcast.train.round;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects what executors say of their numerics, and refuses those that differ. */
public final class OneNumerics {
  private final Map<String, TreeSet<String>> executors = new TreeMap<>();

  /**
   * Adds a voice.
   *
   * @param numerics as {@link JvmNumerics#text} gives them
   * @param executor whose they are
   */
  public void add(String numerics, String executor) {
    executors.computeIfAbsent(numerics, any -> new TreeSet<>()).add(executor);
  }

  /**
   * All that were added are one.
   *
   * @throws IllegalStateException where executors would compute different bits, with the recovery
   */
  public void require() {
    if (executors.size() < 2) {
      return;
    }
    String list =
        executors.entrySet().stream()
            .map(entry -> entry.getKey() + " on " + String.join(", ", entry.getValue()))
            .collect(Collectors.joining("; "));
    throw new IllegalStateException(
        "executors differ in numerics and would not give the same bits: "
            + list
            + ". Use machines of one kind, or pin the common denominator with JVM options, the same"
            + " for all (spark.executor.extraJavaOptions: -XX:UseAVX=2 or -XX:MaxVectorSize=32, and"
            + " --add-modules=jdk.incubator.vector)");
  }
}
