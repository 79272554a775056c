package io.longcast.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Assignment of series to folds, related ones together.
 *
 * @param folds the fold of each series
 * @param count number of folds
 */
record FoldDeal(List<Integer> folds, int count) {

  FoldDeal {
    folds = List.copyOf(folds);
  }

  /** A random assignment. */
  static FoldDeal random(List<LabelledSeries> series, CrossValidationSpec spec, long seed) {
    List<String> groups = series.stream().map(one -> group(one, spec.together())).toList();
    List<String> names = new ArrayList<>(groups.stream().distinct().toList());
    Collections.shuffle(names, new Random(seed));
    int count = Math.min(spec.folds(), names.size());
    Map<String, Integer> folds = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      folds.put(names.get(i), i % count);
    }
    return new FoldDeal(groups.stream().map(folds::get).toList(), count);
  }

  /** One fold a folder: how a choice fares on kinds of series that it has not seen. */
  static FoldDeal folders(List<LabelledSeries> series) {
    List<String> folders =
        series.stream().map(one -> one.series().id().replaceAll("/?[^/]*$", "")).toList();
    List<String> names = folders.stream().distinct().toList();
    return new FoldDeal(folders.stream().map(names::indexOf).toList(), names.size());
  }

  private static String group(LabelledSeries series, List<String> together) {
    String id = series.series().id();
    return together.stream().filter(id::contains).findFirst().orElse(id);
  }

  /** Series of a fold. */
  List<Integer> of(int fold) {
    return all().filter(i -> folds.get(i) == fold).boxed().toList();
  }

  /** Series of all other folds. */
  List<Integer> without(int fold) {
    return all().filter(i -> folds.get(i) != fold).boxed().toList();
  }

  private IntStream all() {
    return IntStream.range(0, folds.size());
  }
}
