package io.longcast.benchmark;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.longcast.config.CommandWord;
import io.longcast.config.InvalidSettingsException;
import io.longcast.config.Problem;
import io.longcast.config.RunFile;
import io.longcast.config.SpecBinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of {@code conf/benchmarks}: its section {@code benchmark} is the protocol with what is
 * specific to a collection; the file's other sections are settings of the run that is evaluated.
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
    return protocol(file, List.of());
  }

  /** The protocol of a file, with those words of the command line over it that are about it. */
  public static BenchmarkSpec protocol(Path file, List<String> overrides) {
    Config above = ConfigFactory.empty();
    List<Problem> problems = new ArrayList<>();
    for (String override : overrides) {
      if (isOfProtocol(override)) {
        above = CommandWord.parse(override, problems).withFallback(above);
      }
    }
    Config settings = RunFile.parse(file, problems);
    if (problems.isEmpty() && !settings.hasPath(SECTION)) {
      problems.add(new Problem(file.toString(), "expected a section " + SECTION + ", found none"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    ConfigObject section = above.withFallback(settings).resolve().getConfig(SECTION).root();
    return SpecBinder.bind(BenchmarkSpec.class, section, ConfigFactory.empty().root());
  }

  private static boolean isOfProtocol(String override) {
    return override.startsWith(SECTION + ".");
  }

  /**
   * The settings of the run that is evaluated: the reference, over it the file's other sections,
   * over both the words of the command line.
   */
  public static RunFile settings(Path file, List<String> overrides) {
    List<String> ofRun = overrides.stream().filter(word -> !isOfProtocol(word)).toList();
    List<Problem> problems = new ArrayList<>();
    Config settings = RunFile.parse(file, problems);
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return RunFile.read(settings.withoutPath(SECTION), ofRun);
  }
}
