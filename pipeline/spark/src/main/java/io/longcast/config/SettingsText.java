package io.longcast.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * HOCON within limits, so that no file can hang a run or fill its memory: size of a file, number of
 * includes, size after substitution, depth.
 */
public final class SettingsText {
  static final int MAX_BYTES = 1 << 20;

  private SettingsText() {}

  /**
   * Parses a file and what it includes.
   *
   * @throws InvalidSettingsException if it cannot be read, is no HOCON or goes beyond a limit, with
   *     file and line
   */
  public static Config parse(Path file) {
    return within(
        file.toString(),
        () -> {
          requireReadable(file);
          try {
            return ConfigFactory.parseFile(
                file.toFile(), options().setSyntax(ConfigSyntax.CONF).setAllowMissing(false));
          } catch (ConfigException broken) {
            throw DataFile.byContent(file)
                .map(format -> refused(file.toString(), DataFile.remedy(file, format)))
                .orElseGet(() -> syntax(broken, file.toString()));
          }
        });
  }

  /** Parses a text; problems are said to be in {@code where}. */
  static Config parse(String text, String where) {
    return within(
        where, () -> ConfigFactory.parseString(text, options().setOriginDescription(where)));
  }

  /** Puts in substitutions. */
  static Config resolve(Config settings) {
    return within(
        "settings",
        () -> {
          Expansion.requireBounded(settings);
          return settings.resolve();
        });
  }

  private static ConfigParseOptions options() {
    return ConfigParseOptions.defaults().setIncluder(new BoundedIncluder());
  }

  static void requireReadable(Path file) {
    unreadable(file)
        .ifPresent(
            why -> {
              throw refused(file.toString(), why);
            });
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
    if (!Files.isReadable(file)) {
      return Optional.of("cannot be read: permission denied");
    }
    return isBounded(file)
        ? Optional.empty()
        : Optional.of("expected a plain file of at most %,d bytes".formatted(MAX_BYTES));
  }

  private static boolean isBounded(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES;
    } catch (IOException failure) {
      throw refused(file.toString(), "cannot be read: " + failure);
    }
  }

  /** The parser and the resolver of the library recur, one call a level. */
  private static Config within(String where, Supplier<Config> work) {
    try {
      return work.get();
    } catch (ConfigException broken) {
      throw syntax(broken, where);
    } catch (StackOverflowError deep) {
      throw refused(where, "sections, lists or substitutions are nested too deeply");
    }
  }

  private static InvalidSettingsException syntax(ConfigException broken, String otherwise) {
    boolean placed = broken.origin() != null;
    return refused(placed ? ConfigLocation.of(broken.origin()) : otherwise, cause(broken));
  }

  /** What the library says, without the place, which is named apart. */
  static String cause(ConfigException broken) {
    return broken.getMessage().replaceFirst("^[^\\n]*?: \\d+: ", "");
  }

  static InvalidSettingsException refused(String where, String what) {
    return new InvalidSettingsException(List.of(new Problem(where, Secrets.redact(what))));
  }
}
