package io.longcast.write;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * Where tables go and how.
 *
 * @param path the folder that holds a folder for each table
 * @param format a Spark format: parquet, orc, json, csv, delta. Proposed default: {@code parquet}
 * @param options options of the format, passed on as they are. Proposed default: {@code {}}
 * @param commitProtocol how a table changes from one state to the next. Proposed default: {@code
 *     auto}
 * @param targetFileBytes size files aim at, in bytes, at least 1 MiB. Proposed default: 134217728
 * @param retention how far before the newest period of a table {@code longcast vacuum} keeps rows
 *     of forecasts, anomalies and the like; 0 keeps all. Proposed default: 0
 */
public record OutputSpec(
    String path,
    String format,
    Map<String, String> options,
    CommitProtocol commitProtocol,
    long targetFileBytes,
    Duration retention)
    implements Serializable {

  private static final long MIN_FILE_BYTES = 1L << 20;

  public OutputSpec {
    options = Map.copyOf(options);
    if (path.isBlank()) {
      throw new SettingException("output.path", "path must not be blank");
    }
    SettingChecks.atLeast(targetFileBytes, MIN_FILE_BYTES, "output.targetFileBytes");
    SettingChecks.require(
        !retention.isNegative(), "output.retention", ">= 0 (0 keeps all)", retention);
  }

  /** An output whose rows are kept for ever. */
  public OutputSpec(
      String path,
      String format,
      Map<String, String> options,
      CommitProtocol commitProtocol,
      long targetFileBytes) {
    this(path, format, options, commitProtocol, targetFileBytes, Duration.ZERO);
  }

  /** True if Delta's own log makes writes atomic. */
  public boolean isDelta() {
    return format.equalsIgnoreCase("delta");
  }

  /** The folder of a table. */
  public String table(String name) {
    return path.endsWith("/") ? path + name : path + "/" + name;
  }
}
