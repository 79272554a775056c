package io.longcast.config;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Includes plain files of bounded size, up to {@value #MAX_INCLUDES} in all: a file that includes
 * itself twice would otherwise double with each level. A file must be there; HOCON by itself passes
 * over an absent one. Nothing is fetched from the network.
 */
final class BoundedIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private static final int MAX_INCLUDES = 32;
  private static final List<String> ENDINGS = List.of("", ".conf", ".json", ".properties");

  private final ConfigIncluder library;
  private final AtomicInteger included;

  BoundedIncluder() {
    this(null, new AtomicInteger());
  }

  private BoundedIncluder(ConfigIncluder library, AtomicInteger included) {
    this.library = library;
    this.included = included;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new BoundedIncluder(
        library == null ? fallback : library.withFallback(fallback), included);
  }

  /** The library finds the file; where there is nothing in it, it may be absent. */
  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    count(what);
    requireNoUrl(what);
    for (String ending : ENDINGS) {
      ConfigParseable found = context.relativeTo(what + ending);
      if (found != null && found.origin().filename() != null) {
        requireBounded(Path.of(found.origin().filename()));
      }
    }
    ConfigObject found = library.include(context, what);
    return found.isEmpty() && context.relativeTo(what) != null
        ? context.relativeTo(what).parse(context.parseOptions().setAllowMissing(false))
        : found;
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    count(what.toString());
    requireBounded(what.toPath());
    return ((ConfigIncluderFile) library).includeFile(context, what);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    count(what);
    return ((ConfigIncluderClasspath) library).includeResources(context, what);
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw noUrl(what.toString());
  }

  /** The library takes any name that is a URL for one. */
  private static void requireNoUrl(String what) {
    try {
      new URL(what);
    } catch (MalformedURLException plain) {
      return;
    }
    throw noUrl(what);
  }

  private static InvalidSettingsException noUrl(String what) {
    return SettingsText.refused(
        Secrets.redact(what), "settings are included from files alone, not from a URL");
  }

  private void count(String what) {
    if (included.incrementAndGet() > MAX_INCLUDES) {
      throw SettingsText.refused(
          what, "settings may include %d files, this would be one more".formatted(MAX_INCLUDES));
    }
  }

  private static void requireBounded(Path file) {
    if (Files.exists(file)) {
      SettingsText.requireReadable(file);
    }
  }
}
