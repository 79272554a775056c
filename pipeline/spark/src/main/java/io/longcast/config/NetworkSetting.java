package io.longcast.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.longcast.model.Dl4jSpec;
import io.longcast.model.dl4j.configured.ForecastConfiguration;
import io.longcast.settings.SettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The setting {@code model.dl4j.configuration}: a file becomes its text, so that everything after
 * it has the configuration itself, and what does not fit the horizon is refused before Spark
 * starts.
 */
final class NetworkSetting {
  private static final String KEY = "model.dl4j.configuration";
  private static final long MAX_BYTES = 1 << 20;

  private NetworkSetting() {}

  /** The settings with a configuration that is written as a section rendered as JSON. */
  static Config asText(Config settings) {
    if (!settings.hasPath(KEY) || !(settings.getValue(KEY) instanceof ConfigObject section)) {
      return settings;
    }
    String json = section.render(ConfigRenderOptions.concise());
    return settings.withValue(
        KEY, ConfigValueFactory.fromAnyRef(json).withOrigin(section.origin()));
  }

  /**
   * The settings with the text of the configuration, as DL4J writes it.
   *
   * @param settings where they come from, for messages
   * @throws InvalidSettingsException if there is no such file or it cannot be used
   */
  static RunSpec read(RunSpec run, ConfigObject settings) {
    Dl4jSpec given = run.model().dl4j();
    if (!given.isPresent()) {
      return run;
    }
    try {
      Dl4jSpec read = given.isFile() ? new Dl4jSpec(text(given.configuration())) : given;
      String json = ForecastConfiguration.read(read.configuration(), run.window().horizon()).json();
      return run.withModel(run.model().withDl4j(new Dl4jSpec(json)));
    } catch (SettingException refused) {
      String where = ConfigLocation.of(settings.toConfig().getValue(KEY).origin());
      boolean contradiction = refused.keys().size() > 1;
      throw new InvalidSettingsException(
          List.of(new Problem(where, refused.getMessage(), contradiction)));
    }
  }

  private static String text(String file) {
    Path path = Path.of(file).toAbsolutePath();
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new SettingException(
            KEY, path + " has " + Files.size(path) + " bytes, expected at most " + MAX_BYTES);
      }
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new SettingException(
          KEY,
          "cannot read "
              + path
              + ", expected a file with what MultiLayerConfiguration.toJson writes, or that text"
              + " itself",
          unreadable);
    }
  }
}
