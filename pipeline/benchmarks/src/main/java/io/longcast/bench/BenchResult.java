package io.longcast.bench;

import io.longcast.benchmark.BenchmarkReport;
import java.util.List;

/**
 * What a command of {@code bench} found.
 *
 * @param lines for the terminal
 * @param report for {@code --json}, in the frame of all benchmarks
 */
public record BenchResult(List<String> lines, BenchmarkReport report) {
  /** Copies the lines. */
  public BenchResult {
    lines = List.copyOf(lines);
  }
}
