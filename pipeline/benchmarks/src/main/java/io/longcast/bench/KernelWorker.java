package io.longcast.bench;

import io.longcast.bench.KernelContestant.Speed;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;

/**
 * A process that reads {@link KernelOrder}s from standard input, one a line, and answers each with
 * windows a second by wall clock and by processor time. Its first line is its name.
 */
public final class KernelWorker {

  private KernelWorker() {}

  /** The word names the {@link KernelSide}. */
  public static void main(String[] words) throws IOException {
    KernelSide side = KernelSide.valueOf(words[0]);
    serve(side.label, order -> contestant(side, order));
  }

  private static KernelContestant contestant(KernelSide side, KernelOrder order) {
    KernelWorkload w = order.workload();
    KernelData data = new KernelData(w);
    return switch (side) {
      case SGEMM -> new SgemmPeak();
      case ENGINE -> new EngineContestant(w, order.cell(), data);
      case KERNEL -> new StackContestant(w, order.cell(), data);
      case FIT -> new FitContestant(side.label, w, KernelNetworks.ours(w, order.cell()), data);
      case DL4J -> new FitContestant(side.label, w, KernelNetworks.theirs(w, order.cell()), data);
      default -> throw new IllegalArgumentException("not a side of Longcast: " + side);
    };
  }

  /** Answers until the input ends; standard output is kept for the answers. */
  static void serve(String name, Function<KernelOrder, KernelContestant> open) throws IOException {
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    answers.println(name);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    KernelOrder current = null;
    KernelContestant contestant = null;
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      KernelOrder order = KernelOrder.of(line);
      if (current == null || !order.isFor(current)) {
        if (contestant != null) {
          contestant.close();
        }
        contestant = open.apply(order);
        current = order;
      }
      Speed speed = contestant.run(order.training(), order.seconds());
      answers.printf(Locale.ROOT, "%.3f %.3f%n", speed.byClock(), speed.byProcessor());
    }
  }
}
