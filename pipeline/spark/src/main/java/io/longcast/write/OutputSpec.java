package io.longcast.write;

import java.io.Serializable;
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
 */
public record OutputSpec(
    String path,
    String format,
    Map<String, String> options,
    CommitProtocol commitProtocol,
    long targetFileBytes)
    implements Serializable {

  private static final long LEAST_FILE_BYTES = 1L << 20;

  public OutputSpec {
    options = Map.copyOf(options);
    if (path.isBlank()) {
      throw new IllegalArgumentException("path must not be blank (key output.path)");
    }
    if (targetFileBytes < LEAST_FILE_BYTES) {
      throw new IllegalArgumentException(
          "targetFileBytes must be >= %d, found %d (key output.targetFileBytes)"
              .formatted(LEAST_FILE_BYTES, targetFileBytes));
    }
  }

  /** True if Delta's own log makes writes atomic. */
  boolean isDelta() {
    return format.equalsIgnoreCase("delta");
  }

  /** The folder of a table. */
  public String table(String name) {
    return path.endsWith("/") ? path + name : path + "/" + name;
  }
}
