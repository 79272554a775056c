package io.longcast.logs.line;

import io.longcast.table.ExistingPaths;
import io.longcast.table.SnapshotFiles;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** Reads log files on the executors: entries with their place in the file, and rejects. */
public final class LogReadStage {
  /** Columns of what is read; {@code reason} is null in an entry and says why in a reject. */
  public static final StructType SCHEMA =
      new StructType()
          .add("source_file", DataTypes.StringType)
          .add("source_offset", DataTypes.LongType)
          .add("timestamp", DataTypes.TimestampType)
          .add("level", DataTypes.StringType)
          .add("component", DataTypes.StringType)
          .add("session_id", DataTypes.StringType)
          .add("content", DataTypes.StringType)
          .add("line", DataTypes.StringType)
          .add("lines", DataTypes.IntegerType)
          .add("reason", DataTypes.StringType);

  private LogReadStage() {}

  /**
   * Reads text files, folders with all below them, or patterns of these. No shuffle. Every line
   * belongs to exactly one row: the sum of {@code lines} over entries and rejects is the number of
   * lines read.
   *
   * @throws IllegalArgumentException if a path does not exist
   */
  public static Dataset<Row> read(SparkSession spark, List<String> paths, LineSpec spec) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    paths.forEach(path -> ExistingPaths.matches(context.hadoopConfiguration(), path, "logs.paths"));
    Class<? extends TextInputFormat> format =
        spec.multiline() ? WholeFiles.class : TextInputFormat.class;
    JavaNewHadoopRDD<LongWritable, Text> files =
        (JavaNewHadoopRDD<LongWritable, Text>)
            context.newAPIHadoopRDD(
                input(context.hadoopConfiguration(), paths),
                format,
                LongWritable.class,
                Text.class);
    JavaRDD<Row> rows =
        files.mapPartitionsWithInputSplit((split, lines) -> rows(split, lines, spec), true);
    return spark.createDataFrame(rows, SCHEMA);
  }

  /** Each path by itself: as one text, a comma in a name would part it. */
  private static Configuration input(Configuration hadoop, List<String> paths) {
    Path[] places = SnapshotFiles.plain(hadoop, paths).stream().map(Path::new).toArray(Path[]::new);
    try {
      Job job = Job.getInstance(hadoop);
      FileInputFormat.setInputPaths(job, places);
      FileInputFormat.setInputDirRecursive(job, true);
      return job.getConfiguration();
    } catch (IOException failure) {
      throw new IllegalArgumentException("cannot read " + paths + " (key logs.paths)", failure);
    }
  }

  private static Iterator<Row> rows(
      InputSplit split, Iterator<Tuple2<LongWritable, Text>> lines, LineSpec spec) {
    String file = ((FileSplit) split).getPath().toString();
    Iterator<LogLines.Line> texts =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return lines.hasNext();
          }

          @Override
          public LogLines.Line next() {
            Tuple2<LongWritable, Text> line = lines.next();
            return new LogLines.Line(line._1().get(), line._2().toString());
          }
        };
    LogLines entries = new LogLines(texts, file, spec);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Row next() {
        return RowFactory.create(entries.next());
      }
    };
  }

  /** A file is one split, so that an entry of several lines is never cut. */
  public static final class WholeFiles extends TextInputFormat {
    @Override
    protected boolean isSplitable(JobContext context, Path file) {
      return false;
    }
  }
}
