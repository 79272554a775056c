package io.longcast.read.file;

import io.longcast.sparkinternals.EngineSession;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The footers of Parquet files, read on the driver where there are few files, else on the
 * executors, one job.
 */
public final class ParquetFooters implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FEW = 64;
  private static final int FILES_A_TASK = 100;

  private final Map<StructType, List<String>> files = new LinkedHashMap<>();
  private final Map<String, String> problems = new LinkedHashMap<>();

  private ParquetFooters() {}

  /** Reads the footer of each file. */
  public static ParquetFooters read(SparkSession spark, List<String> files) {
    Configuration hadoop = EngineSession.hadoopConf(spark);
    if (files.size() <= FEW) {
      return read(files.iterator(), hadoop);
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> settings =
        context.broadcast(new SerializableConfiguration(hadoop));
    ParquetFooters all = new ParquetFooters();
    TaskResults.collect(
            context
                .parallelize(files, 1 + files.size() / FILES_A_TASK)
                .mapPartitions(part -> List.of(read(part, settings.value().value())).iterator()))
        .forEach(all::add);
    return all;
  }

  private static ParquetFooters read(Iterator<String> files, Configuration hadoop) {
    ParquetFooters footers = new ParquetFooters();
    files.forEachRemaining(file -> footers.add(file, hadoop));
    return footers;
  }

  private void add(String file, Configuration hadoop) {
    try {
      files
          .computeIfAbsent(ParquetFooter.schema(file, hadoop), schema -> new ArrayList<>())
          .add(file);
    } catch (Exception damaged) {
      problems.put(
          file,
          "truncated or damaged: " + String.valueOf(damaged.getMessage()).replace(file + " ", ""));
    }
  }

  private void add(ParquetFooters other) {
    other.files.forEach(
        (schema, more) -> files.computeIfAbsent(schema, found -> new ArrayList<>()).addAll(more));
    problems.putAll(other.problems);
  }

  /** The files of each schema. */
  public Map<StructType, List<String>> files() {
    return files;
  }

  /** Files whose footer cannot be read, and why. */
  public Map<String, String> problems() {
    return problems;
  }
}
