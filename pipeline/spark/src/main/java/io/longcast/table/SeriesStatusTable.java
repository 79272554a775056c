package io.longcast.table;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Series status: what became of each series in cleaning. */
public final class SeriesStatusTable {
  /** The source's format and paths or table. */
  public static final String SOURCE = "source";

  /** The series. */
  public static final String SERIES_ID = "series_id";

  /** regular, constant, short, empty, all-missing or too-long. */
  public static final String STATUS = "status";

  /** Whether the series is passed to the model. */
  public static final String KEPT = "kept";

  /** The reason, as text; null for a regular series that is kept. */
  public static final String REASON = "reason";

  /** Input rows of the series. */
  public static final String ROWS_READ = "rows_read";

  /** Input rows that entered the series. */
  public static final String ROWS_USED = "rows_used";

  /** Input rows listed as rejects; read = used + rejected. */
  public static final String ROWS_REJECTED = "rows_rejected";

  /** Steps of the cleaned series, without future covariates. */
  public static final String STEPS = "steps";

  /** Observed values, over all channels. */
  public static final String OBSERVED = "observed";

  /** The grid's step, or rows. */
  public static final String FREQUENCY = "frequency";

  /** Time of the first step; null where the data have no time. */
  public static final String START = "start";

  /** Time of the last step; null where the data have no time. */
  public static final String END = "end";

  /** The columns. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(SOURCE, DataTypes.StringType, true),
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(STATUS, DataTypes.StringType, true),
            DataTypes.createStructField(KEPT, DataTypes.BooleanType, true),
            DataTypes.createStructField(REASON, DataTypes.StringType, true),
            DataTypes.createStructField(ROWS_READ, DataTypes.LongType, true),
            DataTypes.createStructField(ROWS_USED, DataTypes.LongType, true),
            DataTypes.createStructField(ROWS_REJECTED, DataTypes.LongType, true),
            DataTypes.createStructField(STEPS, DataTypes.LongType, true),
            DataTypes.createStructField(OBSERVED, DataTypes.LongType, true),
            DataTypes.createStructField(FREQUENCY, DataTypes.StringType, true),
            DataTypes.createStructField(START, DataTypes.TimestampType, true),
            DataTypes.createStructField(END, DataTypes.TimestampType, true)
          });

  /** Columns that identify a row. */
  public static final List<String> KEY = List.of(SOURCE, SERIES_ID);

  /** Columns the folder is partitioned by. */
  public static final List<String> PARTITIONS = List.of();

  /** Name, schema, key and partitions in one. */
  public static final TableShape TABLE = new TableShape("series_status", SCHEMA, KEY, PARTITIONS);

  private static final int ACCURACY = 10_000;

  private SeriesStatusTable() {}

  /**
   * The time that half of the kept series have reached: no wrong clock of a few of them moves it.
   * Empty where no kept series has a time. Runs a job.
   */
  public static Optional<Instant> reached(Dataset<Row> statuses) {
    Column micros = functions.unix_micros(functions.col(END));
    Row median =
        statuses
            .where(functions.col(KEPT))
            .agg(functions.percentile_approx(micros, functions.lit(.5), functions.lit(ACCURACY)))
            .head();
    return median.isNullAt(0)
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(median.getLong(0), ChronoUnit.MICROS));
  }
}
