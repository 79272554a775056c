package io.longcast.bench;

import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Numerics;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts the sides' processes, one thread each. OpenBLAS is given the processor's kernels by name:
 * nd4j's build does not know processors younger than itself and falls back to kernels a quarter as
 * fast, which would flatter us.
 */
final class KernelLauncher {
  private static final String SCRIPT = "torch_kernels.py";
  private final KernelBenchSpec spec;

  KernelLauncher(KernelBenchSpec spec) {
    this.spec = spec;
  }

  /** A process of a side, or nothing where it is not installed. */
  Optional<KernelProcess> start(KernelSide side) {
    return switch (side) {
      case PYTORCH -> spec.python().flatMap(this::python);
      case DJL -> spec.peers().flatMap(p -> peer(p, "io.longcast.bench.DjlContestant"));
      case ONNX -> spec.peers().flatMap(p -> peer(p, "io.longcast.bench.OnnxContestant"));
      default -> ours(side);
    };
  }

  private Optional<KernelProcess> ours(KernelSide side) {
    List<String> words = java();
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.add(KernelWorker.class.getName());
    words.add(side.name());
    String code = KernelWorker.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    ProcessBuilder builder = oneThread(words);
    String classPath = code + ":" + System.getProperty("java.class.path");
    builder.environment().put("CLASSPATH", classPath);
    spec.openblasCore()
        .or(KernelLauncher::coreByWidth)
        .ifPresent(core -> builder.environment().put("OPENBLAS_CORETYPE", core));
    return KernelProcess.start(builder);
  }

  private static Optional<String> coreByWidth() {
    try (Backend backend = Numerics.open()) {
      return switch (backend.numerics().vectorBits()) {
        case 512 -> Optional.of("SkylakeX");
        case 256 -> Optional.of("Haswell");
        default -> Optional.empty();
      };
    }
  }

  private static List<String> java() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    return words;
  }

  /** A side of {@code src/jmh}, with the class path that its build has written. */
  private static Optional<KernelProcess> peer(String classPathFile, String main) {
    Path file = Path.of(classPathFile);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      List<String> words = java();
      words.add(main);
      ProcessBuilder builder = oneThread(words);
      // Not as an argument: ONNX Runtime 1.29 crashes where the command line is long.
      builder.environment().put("CLASSPATH", Files.readString(file).trim());
      builder.environment().put("DJL_OFFLINE", "true");
      builder.environment().put("OPT_OUT_TRACKING", "true");
      return KernelProcess.start(builder);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<KernelProcess> python(String interpreter) {
    try (InputStream source = KernelLauncher.class.getResourceAsStream(SCRIPT)) {
      Path script = Files.createTempFile("longcast-torch", ".py");
      script.toFile().deleteOnExit();
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
      ProcessBuilder builder = oneThread(List.of(interpreter, script.toString()));
      spec.pythonLibraries().ifPresent(p -> builder.environment().put("LD_LIBRARY_PATH", p));
      return KernelProcess.start(builder);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static ProcessBuilder oneThread(List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().remove("OPENBLAS_CORETYPE");
    builder.environment().remove("OPENBLAS_L2_SIZE");
    return builder;
  }
}
