package io.longcast.bench;

import io.longcast.bench.KernelContestant.Speed;
import io.longcast.benchmark.BenchmarkReport;
import io.longcast.model.recurrent.CellKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code bench kernels}: complete training steps and forecasts of Longcast inside DL4J, its kernels
 * alone, DL4J's own layers, PyTorch, DJL and ONNX Runtime, in turns, each in a separate
 * single-threaded process, with the speed of sgemm in the same turns; then the same with two
 * concurrent processes. Medians over the turns; ratios are medians of the ratios within a turn, by
 * the clock and, for machines that others use too, by processor time. Every table is printed as
 * soon as it is complete.
 */
public final class KernelBench {
  private static final List<KernelSide> IN_PAIRS =
      List.of(KernelSide.SGEMM, KernelSide.ENGINE, KernelSide.PYTORCH);

  private final KernelBenchSpec spec;
  private final Consumer<String> out;
  private final Map<KernelSide, KernelProcess> sides = new EnumMap<>(KernelSide.class);
  private final Map<KernelSide, KernelProcess> seconds = new EnumMap<>(KernelSide.class);
  private final Map<String, Double> metrics = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();

  /**
   * @param out where lines go, one at a time
   */
  public KernelBench(KernelBenchSpec spec, Consumer<String> out) {
    this.spec = spec;
    this.out = out;
  }

  /** Runs everything; takes some minutes. Its lines are printed while it runs. */
  public BenchResult run() {
    long start = System.nanoTime();
    try {
      start();
      for (KernelWorkload workload : spec.workloads()) {
        for (CellKind cell : spec.cells()) {
          compare(new KernelOrder(true, workload, cell, spec.seconds()));
          compare(new KernelOrder(false, workload, cell, spec.seconds()));
        }
      }
    } finally {
      sides.values().forEach(KernelProcess::close);
      seconds.values().forEach(KernelProcess::close);
    }
    return result((System.nanoTime() - start) / 1e9);
  }

  private void start() {
    KernelLauncher launcher = new KernelLauncher(spec);
    List<String> missing = new ArrayList<>();
    for (KernelSide side : KernelSide.values()) {
      Optional<KernelProcess> process = launcher.start(side);
      process.ifPresent(p -> sides.put(side, p));
      if (process.isEmpty()) {
        missing.add(side.label);
      } else if (spec.pairs() && IN_PAIRS.contains(side)) {
        launcher.start(side).ifPresent(p -> seconds.put(side, p));
      }
    }
    if (!sides.containsKey(KernelSide.SGEMM) || !sides.containsKey(KernelSide.ENGINE)) {
      throw new IllegalStateException("processes of sgemm and of longcast must start, found none");
    }
    if (!missing.isEmpty()) {
      out.accept("not installed and skipped: " + String.join(", ", missing));
    }
  }

  private void compare(KernelOrder order) {
    List<KernelSide> taking =
        sides.keySet().stream().filter(s -> s.takes(order.cell(), order.training())).toList();
    KernelTurns turns = new KernelTurns();
    warm(order, taking);
    for (int i = 0; i < spec.repeats(); i++) {
      turn(order, taking, turns);
      if (i == 0) {
        out.accept(title(order) + ": first of " + spec.repeats() + " turns done");
      }
    }
    double operations = order.workload().operations(order.cell(), order.training()) / 1e9;
    KernelTable table = new KernelTable(title(order), operations, turns);
    table.lines().forEach(out);
    keep(table);
  }

  /** Ours are the metrics, all others baselines; a name begins with what was run. */
  void keep(KernelTable table) {
    table
        .figures()
        .forEach(
            (side, figures) -> {
              Map<String, Double> row =
                  side.equals(KernelSide.ENGINE.label)
                      ? metrics
                      : baselines.computeIfAbsent(side, name -> new LinkedHashMap<>());
              figures.forEach((name, value) -> row.put(table.title() + " " + name, value));
            });
  }

  BenchResult result(double seconds) {
    return new BenchResult(
        List.of(), BenchmarkReport.of("kernels", metrics, baselines, spec, seconds));
  }

  private static String title(KernelOrder order) {
    return order.workload() + " " + order.cell() + (order.training() ? " training" : " inference");
  }

  /** Long enough for the JIT: the first two seconds of a side are not measured. */
  private void warm(KernelOrder order, List<KernelSide> taking) {
    KernelOrder longer =
        new KernelOrder(order.training(), order.workload(), order.cell(), spec.warmup());
    for (KernelSide side : taking) {
      sides.get(side).run(longer);
      if (seconds.containsKey(side)) {
        seconds.get(side).run(longer);
      }
    }
  }

  private void turn(KernelOrder order, List<KernelSide> taking, KernelTurns turns) {
    one(KernelSide.SGEMM, order, turns);
    taking.forEach(side -> one(side, order, turns));
    for (KernelSide side : seconds.keySet()) {
      two(side, order, turns);
    }
  }

  private void one(KernelSide side, KernelOrder order, KernelTurns turns) {
    KernelProcess process = sides.get(side);
    Speed speed = process.run(order).orElseThrow(() -> died(process));
    turns.add(name(side), speed);
  }

  private void two(KernelSide side, KernelOrder order, KernelTurns turns) {
    sides.get(side).begin(order);
    seconds.get(side).begin(order);
    Speed a = sides.get(side).answer().orElseThrow(() -> died(sides.get(side)));
    Speed b = seconds.get(side).answer().orElseThrow(() -> died(seconds.get(side)));
    Speed both = new Speed(a.byClock() + b.byClock(), a.byProcessor() + b.byProcessor());
    turns.add(KernelTable.TWICE + name(side), both);
  }

  private static IllegalStateException died(KernelProcess process) {
    return new IllegalStateException("the process of " + process.name() + " ended while it ran");
  }

  private String name(KernelSide side) {
    return sides.get(side).name();
  }
}
