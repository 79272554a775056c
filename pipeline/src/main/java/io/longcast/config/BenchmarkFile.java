package io.longcast.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.longcast.benchmark.BenchmarkSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of {@code conf/benchmarks}: its section {@code benchmark} is the protocol with what is
 * specific to a collection; the file's other sections are settings of the run that is judged.
 */
public final class BenchmarkFile {
  private static final String SECTION = "benchmark";

  private BenchmarkFile() {}

  /**
   * The protocol of a file.
   *
   * @throws InvalidSettingsException with every problem, each with its file and line
   */
  public static BenchmarkSpec protocol(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("no such benchmark file, or it cannot be read: " + file);
    }
    ConfigObject section =
        ConfigFactory.parseFile(file.toFile()).resolve().getConfig(SECTION).root();
    return SpecBinder.bind(BenchmarkSpec.class, section, ConfigFactory.empty().root());
  }

  /**
   * The settings of the run that is judged: the reference, over it the file's other sections, over
   * both the words of the command line.
   */
  public static RunFile settings(Path file, List<String> overrides) {
    return RunFile.read(ConfigFactory.parseFile(file.toFile()).withoutPath(SECTION), overrides);
  }
}
