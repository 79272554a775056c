package io.longcast.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs in a JVM of their own, for what depends on the JVM's flags or fills its memory. */
public final class ChildJvm {

  private ChildJvm() {}

  /**
   * Runs a main class on this JVM's class path, with the vector module, and waits for its end.
   *
   * @param flags of the JVM
   * @return its lines on standard output; fails the test if it ends with another code than 0
   */
  public static List<String> lines(Class<?> main, String... flags)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("--add-modules=jdk.incubator.vector");
    words.addAll(List.of(flags));
    words.add(main.getName());
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit of " + main.getSimpleName()).isZero();
    return out.lines().toList();
  }
}
