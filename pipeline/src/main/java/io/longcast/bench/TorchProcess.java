package io.longcast.bench;

import io.longcast.bench.KernelContestant.Speed;
import io.longcast.model.recurrent.CellKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/** PyTorch in a process of its own that runs a workload when told, so that turns interleave. */
final class TorchProcess implements AutoCloseable {
  private static final String SCRIPT = "torch_kernels.py";
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter commands;
  private final Path script;
  private final String version;

  private TorchProcess(Process process, Path script, BufferedReader answers, String version) {
    this.process = process;
    this.script = script;
    this.answers = answers;
    this.version = version;
    this.commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Starts PyTorch, or nothing where the interpreter or the library is not installed. */
  static Optional<TorchProcess> start(KernelBenchSpec spec) {
    if (spec.python().isEmpty()) {
      return Optional.empty();
    }
    try (InputStream source = TorchProcess.class.getResourceAsStream(SCRIPT)) {
      Path script = Files.createTempFile("longcast-torch", ".py");
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
      ProcessBuilder builder = new ProcessBuilder(spec.python().get(), script.toString());
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("OMP_NUM_THREADS", "1");
      spec.pythonLibraries().ifPresent(p -> builder.environment().put("LD_LIBRARY_PATH", p));
      return greet(builder.start(), script);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<TorchProcess> greet(Process process, Path script) throws IOException {
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String greeting = answers.readLine();
    if (greeting == null) {
      Files.deleteIfExists(script);
      return Optional.empty();
    }
    return Optional.of(new TorchProcess(process, script, answers, greeting));
  }

  /** PyTorch on one workload. */
  KernelContestant contestant(KernelWorkload workload, CellKind kind) {
    return new KernelContestant() {
      @Override
      public String name() {
        return version;
      }

      @Override
      public Speed run(boolean training, double seconds) {
        return ask(training, workload, kind, seconds);
      }
    };
  }

  private Speed ask(boolean training, KernelWorkload workload, CellKind kind, double seconds) {
    String mode = training ? "train" : "infer";
    commands.println(String.format(Locale.ROOT, "%s %s %s %.3f", mode, workload, kind, seconds));
    try {
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("PyTorch ended while running " + workload + " " + kind);
      }
      String[] words = answer.split(" ");
      return new Speed(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    commands.println("quit");
    commands.close();
    process.destroy();
    try {
      Files.deleteIfExists(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
