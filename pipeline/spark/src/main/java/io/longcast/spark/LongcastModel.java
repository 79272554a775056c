package io.longcast.spark;

import io.longcast.config.RunSpec;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.ServingState;
import io.longcast.read.ReadResult;
import io.longcast.read.ReadStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;

/**
 * What the models of series share: they prepare rows by the columns and on the grid of their
 * training.
 *
 * @param <M> the model itself
 */
public abstract class LongcastModel<M extends LongcastModel<M>> extends BundleModel<M> {
  private static final long serialVersionUID = 1L;

  private final transient ServedModel served;

  LongcastModel(String uid, ModelBundle bundle, Optional<TrainingSummary> summary) {
    super(uid, bundle, summary);
    served = BundleWriter.served(bundle, bundle.manifest().modelId());
  }

  final ServedModel served() {
    return served;
  }

  /** The settings of the training, on its grid, under those set here. */
  @Override
  final RunSpec run() {
    List<String> words = new ArrayList<>();
    // A classifier serves rows without the label it was trained on.
    words.add("source.valueColumns=" + SettingParam.word(served.state().inputs().channels()));
    if (!served.state().frequency().equals(ServingState.ROWS)) {
      words.add("clean.frequency=" + served.state().frequency());
    }
    return run(words);
  }

  /**
   * The rows of a stream of a caller.
   *
   * @throws IllegalArgumentException if they are no stream
   */
  final ReadResult arriving(UtcSession session, Dataset<?> rows) {
    if (!rows.isStreaming()) {
      throw new IllegalArgumentException(
          "transformStream expects rows of a stream (spark.readStream()), found rows at rest, which"
              + " transform takes");
    }
    return ReadStage.read(session.enter(rows), run().source().columns());
  }

  /** The rows of a caller as series. */
  final SeriesDataset prepared(UtcSession session, Dataset<?> rows) {
    RunSpec run = run();
    return SeriesDataset.of(
        session.enter(rows),
        run.source().columns(),
        run.clean(),
        Optional.of(served.state().codes()));
  }
}
