package io.longcast.read.file;

import io.longcast.sparkinternals.ClassicSql;
import io.longcast.sparkinternals.rdd.ScalaCollections;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Tuple2;

/**
 * Reads files from end to end, each by itself, with the reader that the scan will use, and finds
 * those with damage that only reading shows: in pages, stripes, compressed blocks. One job.
 */
public final class FileCheck {
  /** Spark's option of a reader that says whether it returns batches of columns. */
  private static final String RETURNING_BATCH = "returning_batch";

  /**
   * Parquet's option that checks pages. Without it a damaged page that is not compressed is read as
   * other values.
   */
  public static final String VERIFY_CHECKSUMS = "parquet.page.verify-checksum.enabled";

  private FileCheck() {}

  /**
   * The files that cannot be read, and why.
   *
   * @param rows a scan of files with the columns of interest
   * @param lengths the files to look at, with their lengths in bytes
   */
  public static Map<String, String> unreadable(Dataset<Row> rows, Map<String, Long> lengths) {
    Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader =
        reader(relation(rows));
    List<Tuple2<String, Long>> files =
        lengths.entrySet().stream()
            .map(file -> Tuple2.apply(file.getKey(), file.getValue()))
            .toList();
    Map<String, String> problems = new LinkedHashMap<>();
    JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext())
        .parallelize(files, Math.max(1, files.size()))
        .flatMap(file -> problem(reader, file._1(), file._2()))
        .collect()
        .forEach(found -> problems.put(found._1(), found._2()));
    return problems;
  }

  private static HadoopFsRelation relation(Dataset<Row> rows) {
    QueryExecution execution = ClassicSql.execution(rows);
    for (LogicalPlan leaf : ScalaCollections.list(execution.analyzed().collectLeaves())) {
      if (leaf instanceof LogicalRelation logical
          && logical.relation() instanceof HadoopFsRelation files) {
        return files;
      }
    }
    throw new IllegalArgumentException("expected a scan of files, found " + execution);
  }

  private static Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader(
      HadoopFsRelation files) {
    SparkSession spark = files.sparkSession();
    return files
        .fileFormat()
        .buildReaderWithPartitionValues(
            spark,
            files.dataSchema(),
            new StructType(),
            files.dataSchema(),
            ScalaCollections.seq(List.of()),
            with(files, RETURNING_BATCH, "false"),
            ClassicSql.hadoopConf(spark, with(files, VERIFY_CHECKSUMS, "true")));
  }

  private static scala.collection.immutable.Map<String, String> with(
      HadoopFsRelation files, String option, String value) {
    Map<String, String> options = new LinkedHashMap<>(ScalaCollections.map(files.options()));
    options.put(option, value);
    return ScalaCollections.immutableMap(options);
  }

  private static Iterator<Tuple2<String, String>> problem(
      Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader,
      String file,
      long length) {
    try {
      // A vectorised reader gives batches in place of rows.
      scala.collection.Iterator<?> rows = reader.apply(part(file, length));
      while (rows.hasNext()) {
        rows.next();
      }
      return Collections.emptyIterator();
    } catch (Exception damaged) {
      return List.of(Tuple2.apply(file, "damaged: " + cause(damaged))).iterator();
    }
  }

  private static String cause(Throwable failure) {
    return failure.getCause() == null ? failure.toString() : cause(failure.getCause());
  }

  private static PartitionedFile part(String file, long length) {
    return new PartitionedFile(
        InternalRow.empty(),
        SparkPath.fromPath(new Path(file)),
        0,
        length,
        new String[0],
        0,
        length,
        scala.collection.immutable.Map$.MODULE$.empty());
  }
}
