package io.longcast.logs.line;

import io.longcast.logs.line.FileOrder.LogFile;
import io.longcast.logs.line.LogClock.Start;
import io.longcast.settings.SettingException;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.table.ExistingPaths;
import io.longcast.table.SnapshotFiles;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.Job;
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
  /**
   * Columns of what is read. In a reject {@code reason} says why, and {@code reject} is the name of
   * its {@link RejectReason}; in an entry both are null. {@code source_order} counts the files from
   * the oldest on. {@code seekable} says whether the line can be read again at its offset.
   */
  public static final StructType SCHEMA =
      new StructType()
          .add("source_file", DataTypes.StringType)
          .add("source_offset", DataTypes.LongType)
          .add("timestamp", DataTypes.TimestampType)
          .add("level", DataTypes.StringType)
          .add("component", DataTypes.StringType)
          .add("host", DataTypes.StringType)
          .add("session_id", DataTypes.StringType)
          .add("content", DataTypes.StringType)
          .add("line", DataTypes.StringType)
          .add("lines", DataTypes.IntegerType)
          .add("reason", DataTypes.StringType)
          .add("reject", DataTypes.StringType)
          .add("source_order", DataTypes.IntegerType)
          .add("seekable", DataTypes.BooleanType);

  /** What tasks must know of all files. */
  private record Context(Map<String, Integer> ranks, Map<FilePart, Start> starts)
      implements Serializable {}

  /** Characters kept of a line that is rejected for its length. */
  static final int SHOWN = 1000;

  private LogReadStage() {}

  /**
   * Reads text files, folders with all below them, or patterns of these. No shuffle. Every line
   * belongs to exactly one row: the sum of {@code lines} over entries and rejects is the number of
   * lines read. Lists the files at once; what {@link LogClockStage} needs is read at once as well.
   *
   * @throws IllegalArgumentException if a path does not exist, or lines without times lie in files
   *     whose order is not known
   */
  public static Dataset<Row> read(
      SparkSession spark, List<String> paths, LineSpec lines, LogFileSpec files) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Job job = job(context.hadoopConfiguration(), paths, files, lines.multiline());
    FileOrder order = order(job, files);
    if (!new TimestampReader(lines).isUsed()) {
      requireOrder(order);
    }
    JavaNewHadoopRDD<Long, RawLine> raw = raw(context, job.getConfiguration());
    Shared<Context> known =
        Shared.of(
            context.sc(),
            new Context(order.ranks(), new LogClockStage(raw, lines, order).starts()));
    JavaRDD<Row> rows =
        raw.mapPartitionsWithInputSplit(
            (split, part) -> {
              FilePart of = LogClockStage.part(split);
              return rows(part, of, isSeekable(of.file(), files), known.value(), lines, files);
            },
            true);
    return spark.createDataFrame(rows, SCHEMA);
  }

  /**
   * Reads the lines of a Dataset as if each partition were a file: {@code source_file} is {@code
   * partition-N}, {@code source_offset} counts its lines. No shuffle.
   */
  public static Dataset<Row> read(Dataset<String> texts, LineSpec lines, LogFileSpec files) {
    JavaRDD<Row> rows =
        texts
            .javaRDD()
            .mapPartitionsWithIndex(
                (index, part) ->
                    rows(
                        new Numbered(part, files.maxLineLength()),
                        new FilePart("partition-" + index, 0),
                        false,
                        new Context(Map.of("partition-" + index, index), Map.of()),
                        lines,
                        files),
                true);
    return texts.sparkSession().createDataFrame(rows, SCHEMA);
  }

  /** Lines of the files, whatever is in them. No shuffle. */
  public static long count(SparkSession spark, List<String> paths, LogFileSpec files) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Job job = job(context.hadoopConfiguration(), paths, files, false);
    return raw(context, job.getConfiguration()).count();
  }

  private static JavaNewHadoopRDD<Long, RawLine> raw(JavaSparkContext context, Configuration job) {
    return (JavaNewHadoopRDD<Long, RawLine>)
        context.newAPIHadoopRDD(job, LogInputFormat.class, Long.class, RawLine.class);
  }

  /** Each path by itself: as one text, a comma in a name would part it. */
  private static Job job(
      Configuration hadoop, List<String> paths, LogFileSpec files, boolean whole) {
    paths.forEach(path -> ExistingPaths.matches(hadoop, path, "logs.paths"));
    Path[] places = SnapshotFiles.plain(hadoop, paths).stream().map(Path::new).toArray(Path[]::new);
    try {
      Job job = Job.getInstance(hadoop);
      LogInputFormat.setInputPaths(job, places);
      LogInputFormat.setInputDirRecursive(job, true);
      LogInputFormat.configure(job.getConfiguration(), files, whole);
      return job;
    } catch (IOException failure) {
      throw new SettingException("logs.paths", "cannot read " + paths, failure);
    }
  }

  private static FileOrder order(Job job, LogFileSpec files) {
    try {
      return FileOrder.of(
          new LogInputFormat()
              .files(job).stream()
                  .map(file -> new LogFile(file.getPath().toString(), file.getModificationTime()))
                  .toList(),
          files.order());
    } catch (IOException failure) {
      throw new SettingException(
          "logs.paths", "cannot list the log files: " + failure.getMessage(), failure);
    }
  }

  private static void requireOrder(FileOrder order) {
    if (!order.open().isEmpty()) {
      throw new SettingException(
          "logs.files.order",
          "lines have no times, and the names of the files leave open which are older: "
              + String.join(", ", order.open())
              + "; set the order to name, reverse-name or modified");
    }
  }

  private static Iterator<Row> rows(
      Iterator<Tuple2<Long, RawLine>> lines,
      FilePart part,
      boolean isSeekable,
      Context known,
      LineSpec spec,
      LogFileSpec files) {
    LineParser parser =
        new LineParser(spec, known.starts().getOrDefault(part, Start.unknown(spec.year())));
    LogLines.Place place =
        new LogLines.Place(
            part.file(), known.ranks().getOrDefault(part.file(), Integer.MAX_VALUE), isSeekable);
    LogLines entries =
        new LogLines(new Values(lines), place, parser, spec.multiline(), files.maxLineLength());
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

  /** Whether a line is read again by the bytes at its offset. */
  private static boolean isSeekable(String file, LogFileSpec files) {
    return files.charset().equals(StandardCharsets.UTF_8)
        && new CompressionCodecFactory(new Configuration(false)).getCodec(new Path(file)) == null;
  }

  /** Lines with their numbers in place of offsets. */
  private static final class Numbered implements Iterator<Tuple2<Long, RawLine>> {
    private final Iterator<String> lines;
    private long number;

    private final int maxLength;

    Numbered(Iterator<String> lines, int maxLength) {
      this.lines = lines;
      this.maxLength = maxLength;
    }

    @Override
    public boolean hasNext() {
      return lines.hasNext();
    }

    @Override
    public Tuple2<Long, RawLine> next() {
      String next = lines.next();
      String text = next == null ? "" : next;
      boolean tooLong = text.length() > maxLength;
      RawLine line =
          tooLong
              ? new RawLine(number, text.substring(0, SHOWN), RejectReason.TOO_LONG)
              : new RawLine(number, text, null);
      return new Tuple2<>(number++, line);
    }
  }

  private record Values(Iterator<Tuple2<Long, RawLine>> lines) implements Iterator<RawLine> {
    @Override
    public boolean hasNext() {
      return lines.hasNext();
    }

    @Override
    public RawLine next() {
      return lines.next()._2();
    }
  }
}
