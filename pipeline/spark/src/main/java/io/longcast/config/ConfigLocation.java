package io.longcast.config;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;

/** A place in the settings, as text. */
final class ConfigLocation {
  private ConfigLocation() {}

  /** {@code conf/energy.conf:12}, {@code reference.conf:40} or {@code command line}. */
  static String of(ConfigOrigin origin) {
    String line = origin.lineNumber() > 0 ? ":" + origin.lineNumber() : "";
    if (origin.resource() != null) {
      return origin.resource() + line;
    }
    if (origin.filename() != null) {
      return shortened(Path.of(origin.filename())) + line;
    }
    return origin.description().replaceFirst(": \\d+$", "");
  }

  private static String shortened(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
  }
}
