package io.longcast.table;

import io.longcast.series.SeriesLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Observations: one row for each series and time with its value columns (channels), covariates and
 * static columns. Its schema depends on the {@link SeriesLayout}.
 */
public final class ObservationsTable {
  /** The series; composite keys are joined here and kept as columns too. */
  public static final String SERIES_ID = "series_id";

  /** Time of the observation; null only where rows are kept as they are. */
  public static final String TIMESTAMP = "timestamp";

  /** Place of the row in its series where the source has an order, else null. */
  public static final String ROW = "row";

  /** The columns every table of observations has. */
  public static final StructType SCHEMA =
      DataTypes.createStructType(
          new StructField[] {
            DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true),
            DataTypes.createStructField(TIMESTAMP, DataTypes.TimestampType, true),
            DataTypes.createStructField(ROW, DataTypes.LongType, true)
          });

  /** Columns that identify a row; row stands in for the time where rows are kept as they are. */
  public static final List<String> KEY = List.of(SERIES_ID, TIMESTAMP, ROW);

  private ObservationsTable() {}

  /** The columns of observations of a layout: numbers are doubles, static columns strings. */
  public static StructType schema(SeriesLayout layout) {
    List<StructField> fields = new ArrayList<>(List.of(SCHEMA.fields()));
    numbers(layout).forEach(name -> fields.add(field(name, DataTypes.DoubleType)));
    layout.staticCovariates().forEach(name -> fields.add(field(name, DataTypes.StringType)));
    return DataTypes.createStructType(fields);
  }

  /** Names of the number columns in the order of the layout's rows. */
  public static List<String> numbers(SeriesLayout layout) {
    return Stream.of(layout.channels(), layout.pastCovariates(), layout.knownCovariates())
        .flatMap(List::stream)
        .toList();
  }

  /** The table of a layout. */
  public static TableShape table(SeriesLayout layout) {
    return new TableShape("observations", schema(layout), KEY, List.of());
  }

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }
}
