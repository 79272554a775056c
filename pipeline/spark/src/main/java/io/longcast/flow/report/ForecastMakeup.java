package io.longcast.flow.report;

import io.longcast.config.RunSpec;
import io.longcast.files.StoredFileException;
import io.longcast.flow.RecentSource;
import io.longcast.forecast.CompositionStage;
import io.longcast.forecast.CompositionStage.Composition;
import io.longcast.model.ComposedForecaster;
import io.longcast.model.ForecasterFactory;
import io.longcast.model.NetworkDefinition;
import io.longcast.model.WindowForecaster;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.model.bundle.NetworkFiles;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.PretrainedModels;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.report.page.ForecastParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the newest forecasts of the series drawn are made of, from their values in the source. */
final class ForecastMakeup {
  private static final Logger LOG = LoggerFactory.getLogger(ForecastMakeup.class);

  /** Numbers in a report, of 16 bits each. */
  private static final int MAX_CELLS = 60_000;

  private ForecastMakeup() {}

  /**
   * The parts of the network's forecasts; none where the model is no network of this kind, or the
   * source cannot be read any more, which is logged. Reads the rows of these series, after a daily
   * run those of its lookback alone.
   */
  static List<ForecastParts> of(
      SparkSession spark, RunSpec run, ModelBundle bundle, List<String> ids, Instant now) {
    Optional<ForecasterFactory> network = ids.isEmpty() ? Optional.empty() : network(bundle);
    if (network.isEmpty()) {
      return List.of();
    }
    ServedModel model = BundleWriter.served(bundle);
    try (SeriesDataset data = RecentSource.of(spark, run, model, now).ofSeries(ids)) {
      model.requireFits(data.layout(), data.frequency());
      return bounded(
          CompositionStage.of(
              spark.sparkContext(), data.segments(), model.state().cutter(), network.get()));
    } catch (IllegalArgumentException | StoredFileException unreadable) {
      LOG.warn("the report does not say what forecasts are made of: {}", unreadable.getMessage());
      return List.of();
    }
  }

  private static List<ForecastParts> bounded(List<Composition> compositions) {
    List<ForecastParts> found = new ArrayList<>();
    int cells = 0;
    for (Composition one : compositions) {
      cells += one.added().length * one.added()[0].length;
      if (cells <= MAX_CELLS) {
        found.add(ForecastParts.of(one.seriesId(), one.channel(), one.parts(), one.added()));
      }
    }
    return found;
  }

  private static Optional<ForecasterFactory> network(ModelBundle bundle) {
    if (PretrainedModels.isIn(bundle)) {
      return Optional.empty();
    }
    NetworkDefinition network = NetworkFiles.network(bundle);
    float[] parameters = NetworkFiles.parameters(bundle);
    try (WindowForecaster opened = network.forecaster(parameters)) {
      boolean composed = opened instanceof ComposedForecaster one && !one.parts().isEmpty();
      return composed ? Optional.of(() -> network.forecaster(parameters)) : Optional.empty();
    }
  }
}
