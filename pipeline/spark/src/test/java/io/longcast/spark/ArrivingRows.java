package io.longcast.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Meters whose rows arrive out of order, in files of a folder, one after another; with a fault, an
 * outage, a drift, missing rows and doubled ones.
 */
final class ArrivingRows {
  static final String SCHEMA = "meter_id STRING, ts TIMESTAMP, load DOUBLE, row LONG";
  static final int METERS = 3;
  static final int STEPS = 24 * 9;
  static final long START = 1_704_067_200L;
  static final long HOUR = 3600;

  /** How far a row may come behind newer ones. */
  static final long DISORDER = 5 * HOUR;

  /** End of the last step. */
  static final long END = START + STEPS * HOUR;

  private final Path folder;
  private int files;

  ArrivingRows(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Rows in the order of arrival, as lines. */
  static List<String> lines(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Arriving> all = new ArrayList<>();
    long row = 0;
    for (int meter = 0; meter < METERS; meter++) {
      for (int step = 0; step < STEPS; step++) {
        boolean missing = meter == 1 && step >= 120 && step < 135 || step % 41 == meter + 7;
        double value = value(meter, step);
        if (!missing) {
          all.add(arriving(random, meter, step, value, row++));
        }
        if (step % 53 == meter) {
          all.add(arriving(random, meter, step, value + 1, row++));
        }
      }
    }
    all.sort(Comparator.comparingLong(Arriving::at).thenComparing(Arriving::line));
    return all.stream().map(Arriving::line).toList();
  }

  /** The number of a line's row. */
  static long row(String line) {
    return Long.parseLong(line.substring(line.lastIndexOf(',') + 1));
  }

  private record Arriving(long at, String line) {}

  private static Arriving arriving(
      SplittableRandom random, int meter, int step, double value, long row) {
    long time = START + step * HOUR;
    String line = "m%d,%s,%s,%d".formatted(meter, Instant.ofEpochSecond(time), value, row);
    return new Arriving(time + random.nextLong(DISORDER), line);
  }

  private static double value(int meter, int step) {
    double day = Math.sin(2 * Math.PI * (step + 3 * meter) / 24);
    double noise = Math.sin(step * 12.9898 + meter * 78.233) * 0.3;
    double spike = meter == 0 && step == STEPS - 70 ? 40 : 0;
    double drift = meter == 2 && step >= STEPS - 8 ? 25 : 0;
    return 20 + 5 * day + noise + spike + drift;
  }

  /** A row of another series, so late that all steps before are complete. */
  static String clock(long watermarkSeconds) {
    return "clock,%s,0,0".formatted(Instant.ofEpochSecond(END + watermarkSeconds));
  }

  /** Adds a file after the others. */
  void add(List<String> lines) {
    try {
      Path file = folder.resolve("%05d.csv".formatted(files));
      List<String> all = new ArrayList<>(List.of("meter_id,ts,load,row"));
      all.addAll(lines);
      Path hidden = Files.write(folder.resolve("_" + file.getFileName()), all);
      Files.setLastModifiedTime(hidden, FileTime.fromMillis(1_700_000_000_000L + 1000L * files++));
      Files.move(hidden, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds lines in so many files. */
  void add(List<String> lines, int count) {
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) lines.size() * i / count);
      int to = (int) ((long) lines.size() * (i + 1) / count);
      add(lines.subList(from, to));
    }
  }

  Dataset<Row> atRest(SparkSession spark) {
    return spark.read().schema(SCHEMA).option("header", true).csv(folder.toString());
  }

  /** As a stream. */
  Dataset<Row> arriving(SparkSession spark, int filesABatch) {
    return spark
        .readStream()
        .schema(SCHEMA)
        .option("header", true)
        .option("maxFilesPerTrigger", filesABatch)
        .csv(folder.toString());
  }
}
