package io.longcast.clean;

import static org.apache.spark.sql.functions.collect_set;

import io.longcast.series.SeriesLayout;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Learns the categories of the static columns: one scan, one small shuffle. */
final class CategoryStage {

  private CategoryStage() {}

  static CategoryCodes learn(Dataset<Row> observations, SeriesLayout layout) {
    if (layout.staticCovariates().isEmpty()) {
      return CategoryCodes.none();
    }
    Column[] sets =
        layout.staticCovariates().stream()
            .map(name -> collect_set(CleanStage.exactly(name)))
            .toArray(Column[]::new);
    Row found = observations.select(sets).head();
    List<List<String>> categories = new ArrayList<>();
    for (int i = 0; i < sets.length; i++) {
      categories.add(found.<String>getList(i));
    }
    return new CategoryCodes(categories);
  }
}
