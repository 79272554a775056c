package io.longcast.flow;

import io.longcast.backtest.ModelScores;
import io.longcast.config.RunSpec;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.DataSpan;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Compares saved models on the newest windows of a source, as they serve. */
public final class CompareFlow {
  private CompareFlow() {}

  /**
   * One of the models.
   *
   * @param modelId its id
   * @param scores on the windows
   * @param values that the scores rest on
   * @param trainedOn time of the rows it was trained on; empty where it is unknown
   */
  public record Compared(
      String modelId, ModelScores scores, long values, Optional<DataSpan> trainedOn) {}

  /**
   * Scores the models on the last {@code split.folds} horizons of each series. MASE divides by the
   * in-sample error of the first model's season for all of them.
   *
   * @param ids of models of the run
   */
  public static List<Compared> run(
      SparkSession spark, RunSpec run, List<String> ids, StageClock clock) {
    ModelStore store = new ModelStore(spark, run);
    int season = store.load(ids.get(0)).state().season();
    List<Compared> all = new ArrayList<>();
    for (String id : ids) {
      ModelBundle bundle = store.bundle(id);
      ServedModel model = BundleWriter.served(bundle, store.folder(id));
      try (SeriesDataset data =
          clock.time(
              "read",
              () ->
                  SeriesDataset.read(
                      spark, model.reading(run), Optional.of(model.state().codes())))) {
        data.requireSeries();
        ModelScores scores =
            clock.time("compare", () -> RecentWindows.scores(data, model, run.split(), season));
        all.add(
            new Compared(id, scores, RecentWindows.values(scores), DataSpan.of(bundle.manifest())));
      }
    }
    return all;
  }
}
