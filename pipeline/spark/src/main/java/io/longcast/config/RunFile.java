package io.longcast.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The settings of one run: {@code reference.conf}, over it what the preset of {@code presets.conf}
 * sets, then a run file, then the words of the command line. Environment variables enter only where
 * a file asks for them ({@code ${?NAME}}).
 */
public final class RunFile {
  private static final String REFERENCE = "reference.conf";
  private static final String ROOT = "longcast";
  private static final String PRESETS = "presets.conf";
  private static final String PRESET = "preset";

  private final RunSpec spec;

  private RunFile(RunSpec spec) {
    this.spec = spec;
  }

  /**
   * Reads and checks the settings.
   *
   * @param file the run file in HOCON, with only what differs from the reference
   * @param overrides words {@code key=value}, the last one wins
   * @throws InvalidSettingsException with every problem, each with its file and line
   */
  public static RunFile read(Optional<Path> file, List<String> overrides) {
    List<Problem> problems = new ArrayList<>();
    Config read = file.map(path -> parse(path, problems)).orElse(ConfigFactory.empty());
    return read(read, overrides, problems);
  }

  /** The same for a run file that was parsed already. */
  public static RunFile read(Config file, List<String> overrides) {
    return read(file, overrides, new ArrayList<>());
  }

  private static RunFile read(Config file, List<String> overrides, List<Problem> problems) {
    Config above = ConfigFactory.empty();
    for (String override : overrides) {
      above = CommandWord.parse(override, problems).withFallback(above);
    }
    Config reference = reference();
    Config merged = above.withFallback(file);
    Config all =
        merged.withFallback(preset(merged.withFallback(reference))).withFallback(reference);
    Config resolved = collecting(problems, () -> SettingsText.resolve(all));
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    ConfigObject settings = NetworkSetting.asText(resolved).root();
    ConfigObject defaults = reference.resolve().root();
    RunSpec bound = SpecBinder.bind(RunSpec.class, settings, defaults);
    return new RunFile(NetworkSetting.read(bound, settings));
  }

  /** The defaults of every key, as written in {@code reference.conf}. */
  static Config reference() {
    return ConfigFactory.parseResources(RunFile.class.getClassLoader(), REFERENCE).getConfig(ROOT);
  }

  /**
   * What the chosen preset sets; nothing for a word that is no preset, which the binder reports.
   */
  private static Config preset(Config settings) {
    String name = String.valueOf(settings.root().get(PRESET).unwrapped());
    Config all = ConfigFactory.parseResources(RunFile.class.getClassLoader(), PRESETS);
    return all.root().get(name) instanceof ConfigObject chosen
        ? chosen.toConfig()
        : ConfigFactory.empty();
  }

  /** The settings of a file of any kind; a file that cannot be read adds a problem. */
  public static Config parse(Path file, List<Problem> problems) {
    return collecting(problems, () -> SettingsText.parse(file));
  }

  private static Config collecting(List<Problem> problems, Supplier<Config> settings) {
    try {
      return settings.get();
    } catch (InvalidSettingsException refused) {
      problems.addAll(refused.problems());
      return ConfigFactory.empty();
    }
  }

  /** The checked settings. */
  public RunSpec spec() {
    return spec;
  }
}
