package io.longcast.flow;

import io.longcast.backtest.Comparison;
import io.longcast.backtest.ModelScores;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.PointErrors;
import io.longcast.evaluate.SkillInterval;
import io.longcast.table.BacktestTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** A backtest as rows: each series and channel and each step, by fold and over all, and skills. */
final class BacktestRows {
  private final String id;
  private final List<Row> rows = new ArrayList<>();

  private BacktestRows(String id) {
    this.id = id;
  }

  static Dataset<Row> of(
      SparkSession spark,
      String id,
      Comparison together,
      List<Comparison> folds,
      Map<String, SkillInterval> skills) {
    BacktestRows all = new BacktestRows(id);
    all.add(null, together);
    for (int fold = 0; fold < folds.size(); fold++) {
      all.add(fold + 1, folds.get(fold));
    }
    skills.forEach((baseline, skill) -> all.add(together.subject().name(), baseline, skill));
    return spark.createDataFrame(all.rows, BacktestTable.SCHEMA);
  }

  private void add(Integer fold, Comparison comparison) {
    for (ModelScores model : comparison.models()) {
      model
          .bySeries()
          .forEach(
              (key, errors) -> {
                int cut = key.lastIndexOf(ModelScores.SEPARATOR);
                add(model.name(), fold, key.substring(0, cut), key.substring(cut + 1), errors);
              });
      model
          .byStep()
          .forEach(
              (step, errors) ->
                  errors
                      .metrics()
                      .forEach(m -> rows.add(row(model.name(), null, fold, null, null, step, m))));
    }
  }

  private void add(String model, Integer fold, String series, String channel, PointErrors errors) {
    errors.metrics().forEach(m -> rows.add(row(model, null, fold, series, channel, null, m)));
  }

  private void add(String model, String baseline, SkillInterval skill) {
    List<Metric> metrics =
        List.of(
            new Metric("skill", skill.skill(), skill.series()),
            new Metric("skill_lower", skill.lower(), skill.series()),
            new Metric("skill_upper", skill.upper(), skill.series()));
    metrics.forEach(m -> rows.add(row(model, baseline, null, null, null, null, m)));
  }

  private Row row(
      String model,
      String against,
      Integer fold,
      String series,
      String channel,
      Integer step,
      Metric metric) {
    return RowFactory.create(
        id,
        model,
        against,
        fold,
        series,
        channel,
        step,
        metric.name(),
        metric.value(),
        metric.count());
  }
}
