package io.longcast.logs.line;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import io.longcast.read.ArrivingFiles;
import io.longcast.settings.SettingException;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reads logs as they arrive, in the shape of {@link LogReadStage#SCHEMA}. A file, or a message,
 * begins with nothing known of the time before it: a year that its times lack is the latest one in
 * which its first line is not after its arrival, and of a local time that occurs twice the earlier
 * is meant until time runs back.
 */
public final class ArrivingLines {
  private static final String FILE = "file";
  private static final String PART = "part";
  private static final String ARRIVED = "arrived";

  private ArrivingLines() {}

  /**
   * Files, and those that are added to folders.
   *
   * @param paths files, folders or globs
   * @param options of Spark's stream of files, such as {@code maxFilesPerTrigger}
   * @throws IllegalArgumentException if the lines have no times, by which a stream goes
   */
  public static Dataset<Row> ofFiles(
      SparkSession spark,
      List<String> paths,
      Map<String, String> options,
      LineSpec lines,
      LogFileSpec files) {
    requireTimes(lines);
    Dataset<Row> all = null;
    for (String path : paths) {
      Dataset<Row> one =
          spark
              .readStream()
              .format(LogFileFormat.class.getName())
              .schema(LogFileFormat.SCHEMA)
              .option("recursiveFileLookup", "true")
              .options(options)
              .options(LogFileFormat.options(lines, files))
              .load(ArrivingFiles.path(spark, path))
              .select(
                  col(LogFileFormat.OFFSET),
                  col(LogFileFormat.TEXT),
                  col(LogFileFormat.REJECT),
                  col("_metadata.file_path").as(FILE),
                  col("_metadata.file_block_start").as(PART),
                  col("_metadata.file_modification_time").as(ARRIVED));
      all = all == null ? one : all.union(one);
    }
    return parsed(all, lines, files, true);
  }

  /**
   * Messages of a topic, each an entry, which may have several lines.
   *
   * @param messages as Spark's connector gives them; any rows with the columns value, topic,
   *     partition, offset and timestamp
   */
  public static Dataset<Row> ofMessages(Dataset<Row> messages, LineSpec lines, LogFileSpec files) {
    requireTimes(lines);
    Dataset<Row> placed =
        messages.select(
            col("offset").as(LogFileFormat.OFFSET),
            col("value").cast(DataTypes.StringType).as(LogFileFormat.TEXT),
            lit(null).cast(DataTypes.StringType).as(LogFileFormat.REJECT),
            concat(col("topic"), lit("/"), col("partition")).as(FILE),
            col("offset").as(PART),
            col("timestamp").as(ARRIVED));
    return parsed(placed, lines, files, false);
  }

  private static void requireTimes(LineSpec lines) {
    if (!new TimestampReader(lines).isUsed()) {
      throw new SettingException(
          "logs.lines.timestampFormat",
          "a stream of lines goes by their times: expected the format of their timestamps, found"
              + " none");
    }
  }

  /** Lines of a part come one after the other, in their order. */
  private static Dataset<Row> parsed(
      Dataset<Row> placed, LineSpec lines, LogFileSpec files, boolean isFile) {
    MapPartitionsFunction<Row, Row> parse =
        rows -> new Entries(rows, lines, files.maxLineLength(), isFile);
    return placed.mapPartitions(parse, Encoders.row(LogReadStage.SCHEMA));
  }

  /** The entries of the parts that a task reads. */
  private static final class Entries implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final LineSpec spec;
    private final LineParser compiled;
    private final int maxLength;
    private final boolean isFile;
    private final ZoneId zone;
    private Row ahead;
    private LogLines part;

    Entries(Iterator<Row> rows, LineSpec spec, int maxLength, boolean isFile) {
      this.rows = rows;
      this.spec = spec;
      compiled = new LineParser(spec);
      this.maxLength = maxLength;
      this.isFile = isFile;
      zone = ZoneId.of(spec.zone());
      advance();
    }

    private void advance() {
      ahead = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      while ((part == null || !part.hasNext()) && ahead != null) {
        part = open();
      }
      return part != null && part.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no entry left");
      }
      return RowFactory.create(part.next());
    }

    private LogLines open() {
      String file = ahead.getString(3);
      LineParser parser = compiled.from(start(ahead));
      return new LogLines(
          new PartLines(file, ahead.getLong(4)),
          new LogLines.Place(isFile ? path(file) : file, 0, false),
          parser,
          !isFile || spec.multiline(),
          maxLength);
    }

    /** Spark's metadata column spells a path as a URI, with a blank as {@code %20}. */
    private static String path(String uri) {
      return new Path(URI.create(uri)).toString();
    }

    private LogClock.Start start(Row first) {
      if (spec.year() > 0 || first.isNullAt(5) || first.isNullAt(1)) {
        return LogClock.Start.unknown(spec.year());
      }
      LogTime time = compiled.time(first.getString(1));
      return time instanceof LogTime.Yearless yearless
          ? YearStarts.arrived(yearless, arrival(first), zone)
          : LogClock.Start.unknown(0);
    }

    private static Instant arrival(Row row) {
      return row.<Timestamp>getAs(5).toInstant();
    }

    /** The lines of a part; those of a message lie in one row. */
    private final class PartLines implements Iterator<RawLine> {
      private final String file;
      private final long part;
      private final Deque<RawLine> split = new ArrayDeque<>();

      PartLines(String file, long part) {
        this.file = file;
        this.part = part;
      }

      @Override
      public boolean hasNext() {
        return !split.isEmpty()
            || ahead != null && ahead.getString(3).equals(file) && ahead.getLong(4) == part;
      }

      @Override
      public RawLine next() {
        if (split.isEmpty()) {
          add(ahead);
          advance();
        }
        return split.remove();
      }

      private void add(Row row) {
        long offset = row.getLong(0);
        String text = row.isNullAt(1) ? "" : row.getString(1);
        RejectReason reject = row.isNullAt(2) ? null : RejectReason.valueOf(row.getString(2));
        if (text.length() > maxLength) {
          split.add(
              new RawLine(offset, text.substring(0, LogReadStage.SHOWN), RejectReason.TOO_LONG));
        } else {
          text.lines().forEach(line -> split.add(new RawLine(offset, line, reject)));
          if (split.isEmpty()) {
            split.add(new RawLine(offset, text, reject));
          }
        }
      }
    }
  }
}
