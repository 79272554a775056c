package io.longcast.write;

import io.longcast.files.FolderSystem;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.SnapshotFiles;
import io.longcast.table.TableShape;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Reads the tables that a {@link TableSink} wrote, in whichever manner they are published. */
public final class TableReader {
  /** The id of a model may look like a number. */
  private static final Map<String, String> PARTITIONS_AS_TEXT =
      Map.of("spark.sql.sources.partitionColumnTypeInference.enabled", "false");

  private final SparkSession spark;
  private final OutputSpec output;
  private final TableFormat format;

  /** A reader of the tables of an output; nothing is checked or written. */
  public TableReader(SparkSession spark, OutputSpec output) {
    this.spark = spark;
    this.output = output;
    this.format = new TableFormat(spark, output);
  }

  /**
   * The rows of a table as they stand; none where it was never written.
   *
   * @throws IllegalStateException if a killed writer left it incomplete, which the next write
   *     repairs
   */
  public Dataset<Row> read(TableShape table) {
    if (output.isDelta()) {
      return format.readDelta(table);
    }
    Path path = new Path(output.table(table.name()));
    TableFolder.Stored stored = at(spark, path).all();
    return stored.paths().isEmpty()
        ? spark.createDataFrame(List.<Row>of(), table.schema())
        : format.read(table, stored);
  }

  /**
   * The rows of a table by its folder, with the columns it has; for notebooks and shells.
   *
   * @param format a Spark format that keeps files, such as {@code parquet}
   * @throws IllegalArgumentException if no rows were ever written there
   */
  public static Dataset<Row> load(SparkSession spark, String format, String folder) {
    TableFolder.Stored stored = at(spark, new Path(folder)).all();
    if (stored.paths().isEmpty()) {
      throw new IllegalArgumentException("no table is written in " + folder);
    }
    return withDates(
        TableFormat.withSettings(
            spark,
            PARTITIONS_AS_TEXT,
            () ->
                spark
                    .read()
                    .format(format)
                    .option("basePath", stored.base().toString())
                    .load(stored.paths().stream().map(Path::toString).toArray(String[]::new))
                    .drop(SnapshotFiles.WRITE)));
  }

  private static Dataset<Row> withDates(Dataset<Row> rows) {
    Dataset<Row> dated = rows;
    for (String date : List.of(AnomaliesTable.DATE, ForecastsTable.ORIGIN_DATE)) {
      if (List.of(rows.columns()).contains(date)) {
        dated = dated.withColumn(date, rows.col(date).cast(DataTypes.DateType));
      }
    }
    return dated;
  }

  private static TableFolder at(SparkSession spark, Path folder) {
    FolderSystem files = FolderSystem.of(EngineSession.hadoopConf(spark), folder);
    return SnapshotFolder.isAt(files, folder)
        ? new SnapshotFolder(files, folder, step -> {})
        : new SwappedFolder(files, folder, step -> {});
  }
}
