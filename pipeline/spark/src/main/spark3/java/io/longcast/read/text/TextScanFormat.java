package io.longcast.read.text;

import io.longcast.sparkinternals.rdd.ScalaCollections;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.TextBasedFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.Seq;

/** What of Spark's scan of text files has another signature in each line of Spark. */
abstract class TextScanFormat extends TextBasedFileFormat {

  /** What reads the parts of files; it is sent to the executors. */
  abstract Function1<PartitionedFile, Iterator<InternalRow>> reader(
      SparkSession spark, StructType required, Map<String, String> options, Configuration hadoop);

  @Override
  public final Option<StructType> inferSchema(
      SparkSession spark,
      scala.collection.immutable.Map<String, String> options,
      Seq<FileStatus> files) {
    return Option.empty();
  }

  @Override
  public final Function1<PartitionedFile, Iterator<InternalRow>> buildReader(
      SparkSession spark,
      StructType dataSchema,
      StructType partitionSchema,
      StructType requiredSchema,
      Seq<Filter> filters,
      scala.collection.immutable.Map<String, String> options,
      Configuration hadoop) {
    return reader(spark, requiredSchema, ScalaCollections.map(options), hadoop);
  }
}
