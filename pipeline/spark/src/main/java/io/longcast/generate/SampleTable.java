package io.longcast.generate;

import io.longcast.series.SeriesLayout;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Schemas of what is generated. */
final class SampleTable {
  static final String SERIES_ID = "series_id";
  static final String TIMESTAMP = "timestamp";

  /** Labelled intervals, {@code [start, end)}; a null channel means the whole series. */
  static final StructType LABELS =
      new StructType()
          .add(SERIES_ID, DataTypes.StringType, false)
          .add("channel", DataTypes.StringType, true)
          .add("start", DataTypes.TimestampType, false)
          .add("end", DataTypes.TimestampType, false)
          .add("kind", DataTypes.StringType, false);

  private SampleTable() {}

  /** Typed observations of a kind. */
  static StructType observations(SampleKind kind) {
    return schema(kind, DataTypes.TimestampType, DataTypes.DoubleType);
  }

  /** The same columns as text. */
  static StructType raw(SampleKind kind) {
    return schema(kind, DataTypes.StringType, DataTypes.StringType);
  }

  private static StructType schema(SampleKind kind, DataType time, DataType number) {
    SeriesLayout layout = kind.layout();
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField(SERIES_ID, DataTypes.StringType, true));
    fields.add(DataTypes.createStructField(TIMESTAMP, time, true));
    for (List<String> names :
        List.of(layout.channels(), layout.pastCovariates(), layout.knownCovariates())) {
      names.forEach(name -> fields.add(DataTypes.createStructField(name, number, true)));
    }
    layout
        .staticCovariates()
        .forEach(name -> fields.add(DataTypes.createStructField(name, DataTypes.StringType, true)));
    return new StructType(fields.toArray(StructField[]::new));
  }
}
