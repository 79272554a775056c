package io.longcast.read.text;

import io.longcast.sparkinternals.rdd.ScalaCollections;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.TextBasedFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;

/** Spark's scan of text files, whose options come as a Java map. For reading alone. */
abstract class TextScanFormat extends TextBasedFileFormat {

  /** Whether a task may read a part of a file, as far as the options say. */
  abstract boolean isSplitable(Map<String, String> options);

  /** What reads the parts of files; it is sent to the executors. */
  abstract Function1<PartitionedFile, Iterator<InternalRow>> reader(
      SparkSession spark, StructType required, Map<String, String> options, Configuration hadoop);

  @Override
  public final boolean isSplitable(
      SparkSession spark, scala.collection.immutable.Map<String, String> options, Path path) {
    return isSplitable(ScalaCollections.map(options)) && super.isSplitable(spark, options, path);
  }

  @Override
  public final Option<StructType> inferSchema(
      SparkSession spark,
      scala.collection.immutable.Map<String, String> options,
      Seq<FileStatus> files) {
    return Option.empty();
  }

  @Override
  public final OutputWriterFactory prepareWrite(
      SparkSession spark,
      Job job,
      scala.collection.immutable.Map<String, String> options,
      StructType schema) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " is for reading alone");
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
