package io.longcast.bench;

import io.longcast.bench.KernelContestant.Speed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One side at work in its own process, so that sides neither share a JIT nor a heap. */
final class KernelProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter orders;
  private final String name;

  private KernelProcess(Process process, BufferedReader answers, String name) {
    this.process = process;
    this.answers = answers;
    this.name = name;
    this.orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Starts a process, or nothing where it ends without its name. */
  static Optional<KernelProcess> start(ProcessBuilder builder) {
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String name = answers.readLine();
      return name == null
          ? Optional.empty()
          : Optional.of(new KernelProcess(process, answers, name));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  String name() {
    return name;
  }

  /** Runs an order and waits for its answer; empty if the process died. */
  Optional<Speed> run(KernelOrder order) {
    begin(order);
    return answer();
  }

  void begin(KernelOrder order) {
    orders.println(order.text());
  }

  /** The answer to the order begun before. */
  Optional<Speed> answer() {
    try {
      String line = answers.readLine();
      if (line == null) {
        return Optional.empty();
      }
      String[] words = line.split(" ");
      return Optional.of(new Speed(Double.parseDouble(words[0]), Double.parseDouble(words[1])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    orders.close();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
