package io.longcast.benchmark;

import io.longcast.model.baseline.Baseline;
import io.longcast.series.CalendarSpec;
import io.longcast.window.BatchCutter;
import io.longcast.window.WindowSpec;
import java.util.List;

/**
 * A baseline in a trainer's place: nothing to train, only a context to choose.
 *
 * @param baseline which
 * @param contextLength steps of its context, at least 1
 * @param quantileLevels of its quantiles
 */
public record BaselineTrainer(Baseline baseline, int contextLength, List<Double> quantileLevels)
    implements ForecasterTrainer {

  @Override
  public Trained train(ForecastTask task) {
    WindowSpec window = new WindowSpec(contextLength, task.horizon(), 1);
    return new Trained(
        baseline.forecaster(task.season(), quantileLevels),
        new BatchCutter(window, task.layout(), CalendarSpec.NONE));
  }
}
