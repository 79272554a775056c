package io.longcast.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer's library in its own JVM, so that it is not on the class path of Longcast: the JDK runs a
 * source file against the library's jars.
 *
 * @param owner class beside whose resource the source file lies
 * @param source name of the file, such as {@code ForestPeer.java}
 * @param jars of the library and what it needs
 */
public record PeerProcess(Class<?> owner, String source, List<Path> jars) {

  public PeerProcess {
    jars = List.copyOf(jars);
  }

  /** A jar in the local Maven repository, which need not be there. */
  public static Path localJar(String group, String artifact, String version) {
    return Path.of(System.getProperty("user.home"), ".m2", "repository")
        .resolve(group.replace('.', '/'))
        .resolve(artifact)
        .resolve(version)
        .resolve(artifact + "-" + version + ".jar");
  }

  /** Whether all jars are there. */
  public boolean isAvailable() {
    return jars.stream().allMatch(Files::isReadable);
  }

  /**
   * Runs the program to its end.
   *
   * @return what it printed
   * @throws IllegalStateException if it fails, with what it printed
   */
  public String run(String... arguments) {
    try {
      Path folder = Files.createTempDirectory("longcast-peer");
      Path file = folder.resolve(source);
      try {
        try (InputStream text = owner.getResourceAsStream(source)) {
          Files.copy(text, file);
        }
        return run(file, arguments);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the peer cannot be run", e);
    }
  }

  private String run(Path file, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        String.join(java.io.File.pathSeparator, jars.stream().map(Path::toString).toList()));
    command.add(file.toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(source + " failed: " + said);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the peer ran", e);
    }
    return said;
  }
}
