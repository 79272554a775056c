package io.longcast.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * Collections on which models that are not trained are compared: the pretrained network and
 * baselines.
 *
 * @param models {@code longcast-zero} and words of baselines, in the order of the report; the first
 *     is the one under test
 * @param weights a file of weights in place of those in the jar
 * @param spread factor of the distance of its quantiles from the median, in place of the usual one
 * @param sample most windows of a collection, spread evenly over it; 0 for all
 * @param of the collections
 */
public record ForecastCollectionsSpec(
    List<String> models,
    Optional<String> weights,
    Optional<Double> spread,
    int sample,
    List<Collection> of) {

  public ForecastCollectionsSpec {
    models = List.copyOf(models);
    of = List.copyOf(of);
    if (models.isEmpty() || of.isEmpty()) {
      throw new IllegalArgumentException(
          "expected at least one model and one collection, found "
              + models.size()
              + " and "
              + of.size());
    }
  }

  /**
   * One collection; exactly one of {@code wide}, {@code table} and {@code folder} says where its
   * windows are.
   *
   * @param name in the report
   * @param horizon steps to forecast
   * @param season steps of the season of MASE and of the seasonal naive, 1 for none
   * @param periods seasons that are usual for the frequency, the shortest first; empty for none
   * @param wide two files with a series a row
   * @param table a table with a series a column, or a series a group of rows
   * @param folder a file a series
   */
  public record Collection(
      String name,
      int horizon,
      int season,
      List<Integer> periods,
      Optional<Wide> wide,
      Optional<Table> table,
      Optional<Folder> folder) {
    public Collection {
      periods = List.copyOf(periods);
      int given =
          (wide.isPresent() ? 1 : 0) + (table.isPresent() ? 1 : 0) + (folder.isPresent() ? 1 : 0);
      if (given != 1 || horizon < 1 || season < 1) {
        throw new IllegalArgumentException(
            "collection %s: expected one of wide, table, folder, and horizon and season >= 1"
                .formatted(name));
      }
    }
  }

  /**
   * A series a row: id, then values, oldest first.
   *
   * @param train file of the histories
   * @param test file of what follows
   */
  public record Wide(String train, String test) {}

  /**
   * A table with a column for each series, or with one value column and a column that names the
   * series; rows in order of time.
   *
   * @param file its name
   * @param series column that names the series
   * @param values columns of values; empty for all but the first
   * @param from first origin, as a row of its series
   * @param to row after the last target
   * @param stride rows between origins
   */
  public record Table(
      String file, Optional<String> series, List<String> values, int from, int to, int stride) {
    public Table {
      values = List.copyOf(values);
    }
  }

  /**
   * A file a series; origins lie a horizon apart, from the end.
   *
   * @param path of the folder
   * @param column of the values
   * @param origins most origins of a file
   * @param minContext fewest values before an origin
   */
  public record Folder(String path, String column, int origins, int minContext) {}
}
