package io.longcast.write;

import io.longcast.files.FolderSystem;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A process that swaps a folder and halts, without any clean-up, at a given occasion of a step. */
public final class DyingWriter {
  /** Exit code of the process when it is killed as requested. */
  static final int DIED = 77;

  private DyingWriter() {}

  /**
   * @param args folder, staging, step, occasion of the step from 1, partitions
   */
  public static void main(String[] args) {
    SwapStep last = SwapStep.valueOf(args[2]);
    int[] left = {Integer.parseInt(args[3])};
    Path folder = new Path(args[0]);
    FolderSwap swap =
        new FolderSwap(
            FolderSystem.of(new Configuration(), folder),
            folder,
            step -> {
              if (step == last && --left[0] == 0) {
                Runtime.getRuntime().halt(DIED);
              }
            });
    List<String> partitions = Arrays.asList(args).subList(4, args.length);
    if (partitions.isEmpty()) {
      swap.replace(new Path(args[1]));
    } else {
      swap.replace(new Path(args[1]), partitions);
    }
  }

  /** Runs the process and says what it left with. */
  static int run(String... args) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                DyingWriter.class.getName()));
    command.addAll(Arrays.asList(args));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }
}
