package io.longcast.logs.line;

import io.longcast.logs.line.FileOrder.LogFile;
import io.longcast.logs.line.LogClock.Start;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Finds what must be known of the time before each part of a log is read. One job reads all lines
 * where times have no year; one reads the first time of each part where local times may occur
 * twice, and all lines if one of these does.
 */
final class LogClockStage {
  private static final Logger LOG = LoggerFactory.getLogger(LogClockStage.class);

  private final JavaNewHadoopRDD<Long, RawLine> lines;
  private final LineSpec spec;
  private final List<List<LogFile>> logs;

  LogClockStage(JavaNewHadoopRDD<Long, RawLine> lines, LineSpec spec, FileOrder order) {
    this.lines = lines;
    this.spec = spec;
    logs = order.logs();
  }

  /** What is known before each part; parts that are missing begin with nothing known. */
  Map<FilePart, Start> starts() {
    TimestampReader times = new TimestampReader(spec);
    Map<FilePart, Start> starts = times.isYearless() ? years() : new HashMap<>();
    if (times.mayRepeat()) {
      addLastTimes(starts);
    }
    return starts;
  }

  private Map<FilePart, Start> years() {
    LineSpec lineSpec = spec;
    Map<String, List<YearStarts.Summary>> parts =
        byFile(
            lines.mapPartitionsWithInputSplit(
                (split, part) ->
                    List.of(YearStarts.Summary.of(part(split), times(part, lineSpec))).iterator(),
                true),
            YearStarts.Summary::part);
    YearStarts years = new YearStarts(spec.year(), ZoneId.of(spec.zone()));
    Map<FilePart, Start> starts = new HashMap<>();
    logs.forEach(files -> starts.putAll(years.of(files, parts)));
    boolean yearless =
        parts.values().stream().flatMap(List::stream).anyMatch(part -> part.first() >= 0);
    if (spec.year() == 0 && yearless) {
      LOG.warn(
          "timestamps have no year: the last line of each log is dated by the last change of its"
              + " file, between {} and {}; if that is wrong, set its year (key logs.lines.year)",
          starts.values().stream().mapToInt(Start::year).min().orElse(0),
          starts.values().stream().mapToInt(Start::year).max().orElse(0));
    }
    return starts;
  }

  private void addLastTimes(Map<FilePart, Start> starts) {
    Map<String, List<RepeatStarts.Summary>> firsts = repeats(starts, true);
    if (logs.stream().anyMatch(files -> RepeatStarts.isNeeded(files, firsts))) {
      Map<String, List<RepeatStarts.Summary>> parts = repeats(starts, false);
      for (List<LogFile> files : logs) {
        RepeatStarts.of(files, parts)
            .forEach(
                (part, last) ->
                    starts.merge(
                        part,
                        new Start(spec.year(), -1, last),
                        (known, added) -> new Start(known.year(), known.second(), last)));
      }
    }
  }

  private Map<String, List<RepeatStarts.Summary>> repeats(
      Map<FilePart, Start> starts, boolean firstOnly) {
    LineSpec lineSpec = spec;
    Shared<Map<FilePart, Start>> known = Shared.of(lines.context(), starts);
    try {
      return byFile(
          lines.mapPartitionsWithInputSplit(
              (split, part) -> {
                FilePart own = part(split);
                Start start = known.value().getOrDefault(own, Start.unknown(lineSpec.year()));
                return List.of(
                        RepeatStarts.Summary.of(own, start, times(part, lineSpec), firstOnly))
                    .iterator();
              },
              true),
          RepeatStarts.Summary::part);
    } finally {
      known.destroy();
    }
  }

  private static <T> Map<String, List<T>> byFile(JavaRDD<T> summaries, Function<T, FilePart> part) {
    return TaskResults.collect(summaries).stream()
        .sorted(Comparator.comparingLong(summary -> part.apply(summary).offset()))
        .collect(
            Collectors.groupingBy(
                summary -> part.apply(summary).file(), TreeMap::new, Collectors.toList()));
  }

  static FilePart part(InputSplit split) {
    FileSplit file = (FileSplit) split;
    return new FilePart(file.getPath().toString(), file.getStart());
  }

  private static Iterator<LogTime> times(Iterator<Tuple2<Long, RawLine>> lines, LineSpec spec) {
    LineParser parser = new LineParser(spec);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return lines.hasNext();
      }

      @Override
      public LogTime next() {
        RawLine line = lines.next()._2();
        return line.reject() == null ? parser.time(line.text()) : null;
      }
    };
  }
}
