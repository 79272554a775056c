package io.longcast.table;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.ZoneOffset;

/** The day by which tables are partitioned. */
public final class PartitionDate {
  private PartitionDate() {}

  /** The day of a time in UTC; null for null. */
  public static Date of(Timestamp at) {
    return at == null ? null : Date.valueOf(at.toInstant().atZone(ZoneOffset.UTC).toLocalDate());
  }
}
