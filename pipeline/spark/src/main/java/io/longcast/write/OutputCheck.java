package io.longcast.write;

import io.longcast.files.FolderSystem;
import io.longcast.settings.SettingException;
import io.longcast.table.AccuracyTable;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.BacktestTable;
import io.longcast.table.ClassesTable;
import io.longcast.table.DetectorStatesTable;
import io.longcast.table.DriftReferenceTable;
import io.longcast.table.DriftTable;
import io.longcast.table.EventsTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.MetricsTable;
import io.longcast.table.RejectedCellsTable;
import io.longcast.table.RejectsTable;
import io.longcast.table.SeriesStatusTable;
import io.longcast.table.TableShape;
import io.longcast.table.TrainingHistoryTable;
import io.longcast.table.VerdictsTable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** Refuses an output before any work starts, and says why. */
final class OutputCheck {
  /** The tables that runs write, some of them only after training. */
  private static final Set<String> TABLES =
      Stream.of(
              AccuracyTable.TABLE,
              DriftTable.TABLE,
              DriftReferenceTable.TABLE,
              AnomaliesTable.TABLE,
              BacktestTable.TABLE,
              ClassesTable.TABLE,
              DetectorStatesTable.TABLE,
              EventsTable.TABLE,
              SeriesStatusTable.TABLE,
              ForecastsTable.TABLE,
              MetricsTable.TABLE,
              RejectsTable.TABLE,
              RejectedCellsTable.TABLE,
              TrainingHistoryTable.TABLE,
              VerdictsTable.TABLE)
          .map(TableShape::name)
          .collect(Collectors.toUnmodifiableSet());

  private final FolderSystem files;
  private final OutputSpec output;

  OutputCheck(FolderSystem files, OutputSpec output) {
    this.files = files;
    this.output = output;
  }

  /** A folder that cannot be renamed in one step cannot be swapped safely. */
  void requireSafe() {
    if (output.isDelta()) {
      TableFormat.requireDelta();
    } else if (output.commitProtocol() == CommitProtocol.RENAME && !files.hasAtomicRename()) {
      throw new SettingException(
          "output.commitProtocol",
          "cannot swap tables by renames in %s: on %s a folder cannot be renamed in one step, so a"
                  .formatted(output.path(), files.scheme())
              + " killed run could leave half a table; choose output.commitProtocol = snapshot, or a path"
              + " on file or hdfs");
    }
  }

  /** The names of the tables of runs that lie there, whole or half-way; one listing. */
  List<String> tables(TableShape... more) {
    return tables(name -> Optional.of(FolderSwap.folderOf(name).orElse(name)), more);
  }

  /** The names of the tables of runs beside which a writer works or left something; one listing. */
  List<String> leftOver(TableShape... more) {
    return tables(FolderSwap::folderOf, more);
  }

  private List<String> tables(Function<String, Optional<String>> table, TableShape... more) {
    Set<String> names =
        Stream.concat(TABLES.stream(), Stream.of(more).map(TableShape::name))
            .collect(Collectors.toSet());
    return files.list(new Path(output.path())).stream()
        .map(entry -> table.apply(entry.getPath().getName()))
        .flatMap(Optional::stream)
        .filter(names::contains)
        .distinct()
        .toList();
  }

  /** Writes and deletes a small file. */
  void requireWritable() {
    Path folder = new Path(output.path());
    Path probe = new Path(folder, ".probe-" + UUID.randomUUID());
    try {
      files.makeFolder(folder);
      files.write(probe, "longcast".getBytes(StandardCharsets.UTF_8));
      files.delete(probe);
    } catch (UncheckedIOException failure) {
      throw new SettingException(
          "output.path",
          "cannot write to %s: %s".formatted(output.path(), failure.getCause().getMessage()),
          failure);
    }
  }
}
