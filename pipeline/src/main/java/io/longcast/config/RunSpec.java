package io.longcast.config;

import io.longcast.window.WindowSpec;
import java.io.Serializable;

/**
 * Everything a run is told, one section a package. Each section's keys, units, ranges and defaults
 * stand in {@code reference.conf}.
 *
 * @param name the model's folder below {@code output}'s models and the run's name in reports;
 *     letters, digits, dots, dashes and underscores
 * @param seed from which all random numbers of the run are derived
 * @param window shape of the windows
 */
public record RunSpec(String name, long seed, WindowSpec window) implements Serializable {

  public RunSpec {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "name must be letters, digits, dots, dashes and underscores, found \""
              + name
              + "\" (key name)");
    }
  }
}
