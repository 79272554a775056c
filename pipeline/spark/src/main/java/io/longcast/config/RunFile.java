package io.longcast.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    merged = merged.withFallback(preset(merged.withFallback(reference)));
    ConfigObject settings =
        NetworkSetting.asText(resolve(merged.withFallback(reference), problems)).root();
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
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
    String name = settings.getValue(PRESET).unwrapped().toString();
    Config all = ConfigFactory.parseResources(RunFile.class.getClassLoader(), PRESETS);
    return all.root().get(name) instanceof ConfigObject chosen
        ? chosen.toConfig()
        : ConfigFactory.empty();
  }

  /** The settings of a file of any kind; a file that cannot be read adds a problem. */
  public static Config parse(Path file, List<Problem> problems) {
    Optional<String> unreadable = unreadable(file);
    if (unreadable.isPresent()) {
      problems.add(new Problem(file.toString(), unreadable.get()));
      return ConfigFactory.empty();
    }
    try {
      return ConfigFactory.parseFile(
          file.toFile(),
          ConfigParseOptions.defaults()
              .setSyntax(ConfigSyntax.CONF)
              .setIncluder(new RequiredIncludes()));
    } catch (ConfigException broken) {
      problems.add(
          DataFile.byContent(file)
              .map(format -> new Problem(file.toString(), DataFile.remedy(file, format)))
              .orElseGet(() -> syntax(broken, file.toString())));
      return ConfigFactory.empty();
    }
  }

  private static Optional<String> unreadable(Path file) {
    if (!Files.exists(file)) {
      return Optional.of("no such run file");
    }
    Optional<String> format = DataFile.byName(file);
    if (format.isPresent()) {
      return Optional.of(DataFile.remedy(file, format.get()));
    }
    if (Files.isDirectory(file)) {
      return Optional.of("a folder, not a run file (data goes into source.paths of a run file)");
    }
    return Files.isReadable(file)
        ? Optional.empty()
        : Optional.of("cannot be read: permission denied");
  }

  private static Config resolve(Config merged, List<Problem> problems) {
    try {
      return merged.resolve(ConfigResolveOptions.defaults());
    } catch (ConfigException unresolved) {
      problems.add(syntax(unresolved, "settings"));
      return ConfigFactory.empty();
    }
  }

  private static Problem syntax(ConfigException broken, String otherwise) {
    boolean placed = broken.origin() != null;
    String what = cause(broken);
    return new Problem(placed ? ConfigLocation.of(broken.origin()) : otherwise, what);
  }

  /** What the library says, without the place, which is named apart. */
  static String cause(ConfigException broken) {
    return broken.getMessage().replaceFirst("^.*?: \\d+: ", "");
  }

  /** The checked settings. */
  public RunSpec spec() {
    return spec;
  }
}
