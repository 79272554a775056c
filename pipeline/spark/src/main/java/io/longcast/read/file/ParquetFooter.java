package io.longcast.read.file;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a Parquet file as Spark reads them. A column that Spark cannot read has no type,
 * which matters only if it is requested. Nanoseconds are whole numbers, marked as such.
 */
public final class ParquetFooter {
  private static final String NANOS = "longcast.nanos";
  private static final String UTC = "utc";
  private static final String LOCAL = "local";

  private ParquetFooter() {}

  /**
   * Reads the footer of a file.
   *
   * @throws IOException or a runtime exception of Parquet's if it is damaged
   */
  static StructType schema(String file, Configuration hadoop) throws IOException {
    ParquetReadOptions options =
        HadoopReadOptions.builder(hadoop)
            .withMetadataFilter(ParquetMetadataConverter.SKIP_ROW_GROUPS)
            .build();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file), hadoop), options)) {
      StructType schema = new StructType();
      for (Type column : reader.getFileMetaData().getSchema().getFields()) {
        schema = schema.add(field(column));
      }
      return schema;
    }
  }

  private static StructField field(Type column) {
    SQLConf settings = new SQLConf();
    settings.setConfString("spark.sql.legacy.parquet.nanosAsLong", "true");
    settings.setConfString("spark.sql.caseSensitive", "true");
    ParquetToSparkSchemaConverter converter = new ParquetToSparkSchemaConverter(settings);
    try {
      StructField field = converter.convert(new MessageType("spark_schema", column)).fields()[0];
      return new StructField(field.name(), field.dataType(), true, metadata(column));
    } catch (Exception unknown) {
      return new StructField(column.getName(), DataTypes.NullType, true, Metadata.empty());
    }
  }

  private static Metadata metadata(Type column) {
    LogicalTypeAnnotation type = column.getLogicalTypeAnnotation();
    return type instanceof TimestampLogicalTypeAnnotation time
            && time.getUnit() == LogicalTypeAnnotation.TimeUnit.NANOS
        ? new MetadataBuilder().putString(NANOS, time.isAdjustedToUTC() ? UTC : LOCAL).build()
        : Metadata.empty();
  }

  /** Whether a column holds timestamps as nanoseconds since 1970. */
  public static boolean isNanos(StructField field) {
    return field.metadata().contains(NANOS);
  }

  /** Whether a column of nanoseconds holds local times. */
  public static boolean isLocalNanos(StructField field) {
    return isNanos(field) && field.metadata().getString(NANOS).equals(LOCAL);
  }
}
