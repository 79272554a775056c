package io.longcast.bench;

import io.longcast.model.recurrent.CellKind;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What {@code bench kernels} runs.
 *
 * @param workloads sizes. Default both
 * @param cells recurrences. Default LSTM; GRU and RNN take as long again each
 * @param repeats interleaved repetitions, 1 or more; the median counts. Default 7
 * @param seconds of each repetition of each contestant, above 0. Default 2
 * @param python interpreter with PyTorch for the comparison, absent for none. Default {@code
 *     /usr/bin/python3}
 * @param pythonLibraries folder put on the interpreter's library path, such as that of a fast
 *     OpenBLAS; absent for none
 */
public record KernelBenchSpec(
    List<KernelWorkload> workloads,
    List<CellKind> cells,
    int repeats,
    double seconds,
    Optional<String> python,
    Optional<String> pythonLibraries)
    implements Serializable {

  /** Checks the ranges. */
  public KernelBenchSpec {
    workloads = List.copyOf(workloads);
    cells = List.copyOf(cells);
    if (repeats < 1) {
      throw new IllegalArgumentException(
          "repeats must be >= 1, found " + repeats + " (key bench.kernels.repeats)");
    }
    if (!(seconds > 0)) {
      throw new IllegalArgumentException(
          "seconds must be > 0, found " + seconds + " (key bench.kernels.seconds)");
    }
  }
}
