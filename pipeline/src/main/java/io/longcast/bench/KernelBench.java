package io.longcast.bench;

import io.longcast.bench.KernelContestant.Speed;
import io.longcast.model.recurrent.CellKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * {@code bench kernels}: whole training steps and forecasts of ours inside DL4J, our kernels alone,
 * DL4J's own layers and PyTorch, in turns, one thread each, beside the speed of sgemm in the same
 * turns. Medians over the turns; ratios are medians of the ratios within a turn, by the clock and,
 * for machines that others use too, by processor time.
 */
public final class KernelBench {
  private final KernelBenchSpec spec;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Object> json = new LinkedHashMap<>();

  /** A comparison yet to be run. */
  public KernelBench(KernelBenchSpec spec) {
    this.spec = spec;
  }

  /**
   * What was measured.
   *
   * @param lines to print
   * @param json for {@code --json}
   */
  public record Report(List<String> lines, Map<String, Object> json) {}

  /** Runs everything; some minutes. */
  public Report run() {
    Optional<TorchProcess> torch = TorchProcess.start(spec);
    if (torch.isEmpty() && spec.python().isPresent()) {
      lines.add("PyTorch is not installed for " + spec.python().get() + ": left out");
    }
    try (SgemmPeak peak = new SgemmPeak()) {
      for (KernelWorkload workload : spec.workloads()) {
        for (CellKind cell : spec.cells()) {
          compare(workload, cell, torch, peak);
        }
      }
    } finally {
      torch.ifPresent(TorchProcess::close);
    }
    return new Report(List.copyOf(lines), json);
  }

  private void compare(
      KernelWorkload workload, CellKind cell, Optional<TorchProcess> torch, SgemmPeak peak) {
    List<KernelContestant> all = contestants(workload, cell, torch);
    try {
      for (boolean training : new boolean[] {true, false}) {
        all.forEach(c -> c.run(training, Math.max(1, spec.seconds())));
        Map<String, List<Speed>> turns = new LinkedHashMap<>();
        for (int i = 0; i < spec.repeats(); i++) {
          add(turns, "sgemm", peak.measure(spec.seconds() / 4));
          all.forEach(c -> add(turns, c.name(), c.run(training, spec.seconds())));
        }
        report(workload, cell, training, turns);
      }
    } finally {
      all.forEach(KernelContestant::close);
    }
  }

  private static void add(Map<String, List<Speed>> turns, String name, Speed speed) {
    turns.computeIfAbsent(name, n -> new ArrayList<>()).add(speed);
  }

  private static List<KernelContestant> contestants(
      KernelWorkload workload, CellKind cell, Optional<TorchProcess> torch) {
    KernelData data = new KernelData(workload);
    List<KernelContestant> all = new ArrayList<>();
    all.add(new EngineContestant(workload, cell, data));
    all.add(new StackContestant(workload, cell, data));
    all.add(
        new FitContestant(
            "our layer, DL4J's fit", workload, KernelNetworks.ours(workload, cell), data));
    if (cell != CellKind.GRU) {
      all.add(
          new FitContestant("DL4J's layer", workload, KernelNetworks.theirs(workload, cell), data));
    }
    torch.ifPresent(t -> all.add(t.contestant(workload, cell)));
    return all;
  }

  private void report(
      KernelWorkload workload, CellKind cell, boolean training, Map<String, List<Speed>> turns) {
    List<Speed> peaks = turns.remove("sgemm");
    List<Speed> ours = turns.values().iterator().next();
    double operations = workload.operations(cell, training) / 1e9;
    String mode = training ? "training" : "inference";
    lines.add(
        text(
            "%s %s %s, one thread; sgemm %.1f GFLOP/s (%.1f by processor time)",
            workload,
            cell,
            mode,
            median(peaks, Speed::byClock),
            median(peaks, Speed::byProcessor)));
    lines.add(
        text(
            "%-24s %12s %12s %9s %9s %8s %8s",
            "", "windows/s", "by CPU time", "GFLOP/s", "of sgemm", "ours is", "by CPU"));
    Map<String, Object> rows = new LinkedHashMap<>();
    turns.forEach((name, speeds) -> rows.put(name, row(name, speeds, ours, peaks, operations)));
    lines.add("");
    json.put(workload + "." + cell + "." + mode, rows);
  }

  private Map<String, Object> row(
      String name, List<Speed> speeds, List<Speed> ours, List<Speed> peaks, double operations) {
    double clock = median(speeds, Speed::byClock);
    double processor = median(speeds, Speed::byProcessor);
    double share = ratio(speeds, peaks, Speed::byProcessor) * operations;
    double ratio = ratio(ours, speeds, Speed::byClock);
    double ratioProcessor = ratio(ours, speeds, Speed::byProcessor);
    lines.add(
        text(
            "%-24s %12.0f %12.0f %9.1f %8.0f%% %7.2fx %7.2fx",
            name, clock, processor, processor * operations, 100 * share, ratio, ratioProcessor));
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("windows_per_second", clock);
    row.put("windows_per_cpu_second", processor);
    row.put("gflops", processor * operations);
    row.put("share_of_sgemm", share);
    row.put("ours_is_times", ratio);
    row.put("ours_is_times_by_cpu", ratioProcessor);
    return row;
  }

  private static double median(List<Speed> speeds, ToDoubleFunction<Speed> part) {
    double[] sorted = speeds.stream().mapToDouble(part).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Median over the turns of one contestant's speed over another's in the same turn. */
  private static double ratio(List<Speed> a, List<Speed> b, ToDoubleFunction<Speed> part) {
    double[] ratios = new double[a.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = part.applyAsDouble(a.get(i)) / part.applyAsDouble(b.get(i));
    }
    Arrays.sort(ratios);
    return ratios[ratios.length / 2];
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
