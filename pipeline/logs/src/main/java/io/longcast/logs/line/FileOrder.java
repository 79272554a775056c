package io.longcast.logs.line;

import io.longcast.logs.line.LogFileSpec.Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files of a log from the oldest to the newest. Files belong to one log if their paths are
 * equal without the suffixes of compression and rotation:
 *
 * <ul>
 *   <li>{@code app.log.2.gz}, {@code app.log.1}, {@code app.log}: a number at the end is older the
 *       higher it is; filled up with zeros, as {@code split} writes it, it is newer;
 *   <li>{@code app.log-20240101}, {@code app-2024-01-02.1.log}, {@code app.log}: dates count up,
 *       then the numbers behind them; the name without either is the newest.
 * </ul>
 *
 * Other files are logs of their own, ordered by path with numbers by their value ({@code part-2}
 * before {@code part-10}). Where {@code app.log} and {@code app.1.log} lie together, programs
 * differ in whether they count up or down: see {@link #open}.
 */
public final class FileOrder {
  /** A file and the time of its last change, milliseconds since 1970. */
  record LogFile(String path, long modified) {}

  private final List<List<LogFile>> logs;
  private final List<LogFile> all;
  private final List<String> open;

  private FileOrder(List<List<LogFile>> logs, List<LogFile> all, List<String> open) {
    this.logs = logs;
    this.all = all;
    this.open = open;
  }

  /** Orders files. */
  static FileOrder of(Collection<LogFile> files, Order order) {
    Map<String, List<RotatedName>> byLog =
        files.stream()
            .map(RotatedName::of)
            .collect(
                Collectors.groupingBy(
                    name -> order == Order.AUTO ? name.log() : withoutNumbers(name.log()),
                    () -> new TreeMap<>(NaturalOrder.INSTANCE),
                    Collectors.toList()));
    List<List<LogFile>> logs = new ArrayList<>();
    for (List<RotatedName> names : byLog.values()) {
      names.sort(comparator(order, names.stream().anyMatch(RotatedName::isPadded)));
      logs.add(names.stream().map(RotatedName::file).toList());
    }
    List<LogFile> all = new ArrayList<>();
    logs.forEach(all::addAll);
    if (order != Order.AUTO) {
      all.sort(comparator(order));
    }
    return new FileOrder(logs, all, order == Order.AUTO ? open(byLog.keySet()) : List.of());
  }

  /** The number of each file by its path, from the oldest on; without the times of changes. */
  public static Map<String, Integer> ranks(Collection<String> paths, Order order) {
    return of(paths.stream().map(path -> new LogFile(path, 0)).toList(), order).ranks();
  }

  private static Comparator<RotatedName> comparator(Order order, boolean countsUp) {
    return order == Order.AUTO
        ? RotatedName.rotation(countsUp)
        : Comparator.comparing(RotatedName::file, comparator(order));
  }

  private static Comparator<LogFile> comparator(Order order) {
    Comparator<LogFile> byName = Comparator.comparing(LogFile::path, NaturalOrder.INSTANCE);
    return switch (order) {
      case REVERSE_NAME -> byName.reversed();
      case MODIFIED -> Comparator.comparingLong(LogFile::modified).thenComparing(byName);
      default -> byName;
    };
  }

  /** Logs with a number inside their name next to one without it. */
  private static List<String> open(Set<String> logs) {
    return logs.stream()
        .filter(log -> !withoutNumbers(log).equals(log) && logs.contains(withoutNumbers(log)))
        .toList();
  }

  /** The path without numbers in the file's name and the one separator before each. */
  private static String withoutNumbers(String path) {
    StringBuilder out = new StringBuilder(path.substring(0, path.lastIndexOf('/') + 1));
    for (int at = out.length(); at < path.length(); ) {
      int end = RotatedName.digitsEnd(path, at);
      if (end == at) {
        out.append(path.charAt(at++));
      } else {
        int last = out.length() - 1;
        if (last > 0 && "-_.".indexOf(out.charAt(last)) >= 0) {
          out.setLength(last);
        }
        at = end;
      }
    }
    return out.toString();
  }

  /** The logs, each with its files from the oldest to the newest. */
  List<List<LogFile>> logs() {
    return logs;
  }

  /** Logs that may be older or newer files of another one: their names leave it open. */
  List<String> open() {
    return open;
  }

  /** The number of each file by its path, from the oldest of the first log on. */
  Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new HashMap<>();
    all.forEach(file -> ranks.put(file.path(), ranks.size()));
    return ranks;
  }
}
