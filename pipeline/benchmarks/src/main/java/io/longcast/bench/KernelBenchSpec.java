package io.longcast.bench;

import io.longcast.model.recurrent.CellKind;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What {@code bench kernels} runs.
 *
 * @param workloads sizes. Default both
 * @param cells recurrences. Default all
 * @param repeats interleaved repetitions, 1 or more; the median counts. Default 7
 * @param seconds of each repetition of each side, above 0. Default 0.3
 * @param warmup seconds of each side before its first repetition, above 0. Default 2
 * @param pairs whether sgemm, ours and PyTorch also run in two processes at once. Default true
 * @param python interpreter with PyTorch for the comparison, absent for none. Default {@code
 *     /usr/bin/python3}
 * @param pythonLibraries folder put on the interpreter's library path, such as that of a fast
 *     OpenBLAS; absent for none
 * @param peers file with the class path of the peers built by the Maven profile {@code jmh}; a file
 *     that is not there, or absent: none. Default {@code pipeline/benchmarks/target/jmh.classpath}
 * @param openblasCore kernels that nd4j's OpenBLAS uses, by its own names; absent: those for the
 *     vector width of this JVM
 */
public record KernelBenchSpec(
    List<KernelWorkload> workloads,
    List<CellKind> cells,
    int repeats,
    double seconds,
    double warmup,
    boolean pairs,
    Optional<String> python,
    Optional<String> pythonLibraries,
    Optional<String> peers,
    Optional<String> openblasCore)
    implements Serializable {

  /** Checks the ranges. */
  public KernelBenchSpec {
    workloads = List.copyOf(workloads);
    cells = List.copyOf(cells);
    SettingChecks.atLeast(repeats, 1, "bench.kernels.repeats");
    SettingChecks.positive(seconds, "bench.kernels.seconds");
    SettingChecks.positive(warmup, "bench.kernels.warmup");
  }
}
