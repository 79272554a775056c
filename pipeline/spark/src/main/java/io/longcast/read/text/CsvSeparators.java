package io.longcast.read.text;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds the separator with which a CSV file would have the requested columns. */
public final class CsvSeparators {
  private static final List<String> KNOWN = List.of(",", ";", "\t", "|", " ");

  private CsvSeparators() {}

  /**
   * The separator that gives more of the requested columns than the options do, if there is one;
   * failing that, where the options find one column alone, the one that gives the most columns.
   */
  public static Optional<String> better(String file, TextOptions options, Configuration hadoop) {
    try {
      FileHead head = FileHead.read(new Path(file), options, hadoop);
      CsvHeader header = header(head, options);
      boolean single = header.names().size() == 1;
      long most = score(header, options, single);
      Optional<String> better = Optional.empty();
      for (String separator : KNOWN) {
        long score = score(header(head, with(options, separator)), options, single);
        if (score > most) {
          most = score;
          better = Optional.of(separator);
        }
      }
      return better;
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static CsvHeader header(FileHead head, TextOptions options) {
    CsvFile file = new CsvFile(options);
    return file.data(file.records(head)).header();
  }

  /** Columns that are requested count first; how many there are, where there is only one now. */
  private static long score(CsvHeader header, TextOptions options, boolean single) {
    long held = options.columns().stream().filter(header.names()::contains).count();
    return (held << Integer.SIZE) + (single ? header.names().size() : 0);
  }

  private static TextOptions with(TextOptions options, String separator) {
    Map<String, String> spark = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    spark.putAll(options.spark());
    spark.remove("delimiter");
    spark.put("sep", separator);
    return new TextOptions(
        spark, options.columns(), options.headerLine(), options.unitRows(), options.annotated());
  }
}
