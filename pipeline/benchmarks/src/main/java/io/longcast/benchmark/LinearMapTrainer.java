package io.longcast.benchmark;

import io.longcast.model.baseline.LinearMapBaseline;
import io.longcast.series.CalendarSpec;
import io.longcast.series.Segment;
import io.longcast.window.BatchCutter;
import io.longcast.window.WindowSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits a linear map on a task's training rows.
 *
 * @param baseline which
 * @param contextLength steps of its context, at least 1
 */
record LinearMapTrainer(LinearMapBaseline baseline, int contextLength)
    implements ForecasterTrainer {

  @Override
  public Trained train(ForecastTask task) {
    List<float[]> rows = new ArrayList<>();
    for (Segment segment : task.segments()) {
      for (int channel = 0; channel < task.layout().channels().size(); channel++) {
        rows.add(segment.row(channel).toFloats());
      }
    }
    WindowSpec window = new WindowSpec(contextLength, task.horizon(), 1);
    return new Trained(
        baseline.fit(rows, contextLength, task.horizon()),
        new BatchCutter(window, task.layout(), CalendarSpec.NONE));
  }
}
