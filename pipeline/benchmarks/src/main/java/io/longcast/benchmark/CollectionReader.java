package io.longcast.benchmark;

import io.longcast.benchmark.ForecastCollectionsSpec.Collection;
import io.longcast.benchmark.ForecastCollectionsSpec.Folder;
import io.longcast.benchmark.ForecastCollectionsSpec.Table;
import io.longcast.benchmark.ForecastCollectionsSpec.Wide;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the windows of a collection. */
record CollectionReader(Path data, int maxContext) {

  List<CollectionWindow> read(Collection from) {
    if (from.wide().isPresent()) {
      return wide(from, from.wide().get());
    }
    return from.table().isPresent()
        ? table(from, from.table().get())
        : folder(from, from.folder().orElseThrow());
  }

  private List<CollectionWindow> wide(Collection from, Wide files) {
    Map<String, double[]> futures = new LinkedHashMap<>();
    for (String[] row : DelimitedFile.readRagged(data.resolve(files.test()), ',').rows()) {
      futures.put(row[0], numbers(row, 1));
    }
    List<CollectionWindow> windows = new ArrayList<>();
    for (String[] row : DelimitedFile.readRagged(data.resolve(files.train()), ',').rows()) {
      double[] future = futures.get(row[0]);
      if (future == null || future.length < from.horizon()) {
        throw new IllegalArgumentException(
            "expected %d values of %s in %s, found %s"
                .formatted(
                    from.horizon(), row[0], files.test(), future == null ? "none" : future.length));
      }
      windows.add(window(from, numbers(row, 1), Arrays.copyOf(future, from.horizon())));
    }
    return windows;
  }

  private List<CollectionWindow> table(Collection from, Table table) {
    List<CollectionWindow> windows = new ArrayList<>();
    for (double[] series : series(table)) {
      for (int at = table.from(); at + from.horizon() <= table.to(); at += table.stride()) {
        add(windows, from, series, at);
      }
    }
    return windows;
  }

  private List<double[]> series(Table table) {
    DelimitedFile file = DelimitedFile.read(data.resolve(table.file()), ',').withRows();
    List<String> columns =
        table.values().isEmpty() ? file.header().subList(1, file.header().size()) : table.values();
    Map<String, List<Double>> all = new LinkedHashMap<>();
    int name = table.series().map(file::column).orElse(-1);
    for (String column : columns) {
      int value = file.column(column);
      for (String[] row : file.rows()) {
        String key = column + (name < 0 ? "" : "/" + row[name]);
        all.computeIfAbsent(key, k -> new ArrayList<>()).add(number(row, value));
      }
    }
    return all.values().stream()
        .map(values -> values.stream().mapToDouble(v -> v).toArray())
        .toList();
  }

  private List<CollectionWindow> folder(Collection from, Folder folder) {
    List<CollectionWindow> windows = new ArrayList<>();
    for (Path path : DelimitedFile.below(data.resolve(folder.path()), ".csv")) {
      DelimitedFile file = DelimitedFile.read(path, ',');
      double[] series = file.numbers(file.column(folder.column()));
      for (int k = 1; k <= folder.origins(); k++) {
        int at = series.length - k * from.horizon();
        if (at > folder.minContext()) {
          add(windows, from, series, at);
        }
      }
    }
    return windows;
  }

  /** Passes over windows whose future is not complete. */
  private void add(List<CollectionWindow> to, Collection from, double[] series, int at) {
    double[] future = Arrays.copyOfRange(series, at, at + from.horizon());
    if (Arrays.stream(future).noneMatch(Double::isNaN)) {
      to.add(window(from, Arrays.copyOf(series, at), future));
    }
  }

  private CollectionWindow window(Collection from, double[] before, double[] future) {
    int start = Math.max(0, before.length - maxContext);
    double[] context = Arrays.copyOfRange(before, start, before.length);
    return CollectionWindow.of(context, future, from.season());
  }

  private static double[] numbers(String[] row, int from) {
    double[] numbers = new double[row.length - from];
    for (int i = from; i < row.length; i++) {
      numbers[i - from] = number(row, i);
    }
    return numbers;
  }

  private static double number(String[] row, int column) {
    String text = column < row.length ? row[column].trim() : "";
    return text.isEmpty() || text.equals("NA") ? Double.NaN : Double.parseDouble(text);
  }
}
