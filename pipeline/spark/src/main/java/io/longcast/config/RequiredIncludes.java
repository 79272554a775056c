package io.longcast.config;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;

/** Files that a run file includes must be there; HOCON by itself passes over an absent one. */
final class RequiredIncludes implements ConfigIncluder {
  private final ConfigIncluder library;

  RequiredIncludes() {
    this(null);
  }

  private RequiredIncludes(ConfigIncluder library) {
    this.library = library;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder other) {
    return new RequiredIncludes(other);
  }

  /** The library finds the file; where there is nothing in it, it may be absent. */
  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    ConfigObject found = library.include(context, what);
    return found.isEmpty() && context.relativeTo(what) != null
        ? context.relativeTo(what).parse(context.parseOptions().setAllowMissing(false))
        : found;
  }
}
