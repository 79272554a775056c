package io.longcast.model.dl4j.configured;

import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Encoding;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.ScaledBatch;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Windows as DL4J's sequences {@code [batch, inputs, time]}. The inputs of a step, in this order:
 *
 * <ol>
 *   <li>the value in units of its window's scale, and 1 where it was observed, else 0;
 *   <li>past covariates, then known covariates (declared ones, then the calendar's), at unit scale;
 *   <li>known covariates a horizon later, unless the sequence goes on over the horizon itself;
 *   <li>the two statistics of the window ({@code model.scaling.statistics});
 *   <li>the static categories, one-hot ({@code model.statics.encoding}, none to leave them out).
 * </ol>
 *
 * Steps of the horizon hold zeros where only the past is known.
 */
final class SequenceInputs {
  private final NetworkInputs inputs;
  private final OutputForm form;
  private final boolean statistics;
  private final boolean categories;

  SequenceInputs(ModelSpec model, NetworkInputs inputs, OutputForm form) {
    this.inputs = inputs;
    this.form = form;
    statistics = model.scaling().statistics();
    categories = model.statics().encoding() != Encoding.NONE;
  }

  /** Steps of a sequence. */
  int steps() {
    return form.steps(inputs.contextLength(), inputs.horizon());
  }

  /** Inputs of a step. */
  int width() {
    return 2 + inputs.pastCovariates() + known() + (statistics ? 2 : 0) + codes();
  }

  private int known() {
    return (form == OutputForm.EACH_STEP ? 1 : 2) * inputs.knownCovariates();
  }

  private int codes() {
    return categories ? inputs.categories().stream().mapToInt(codes -> codes).sum() : 0;
  }

  /** What the inputs of a step are, for messages. */
  String described() {
    List<String> all = new ArrayList<>(List.of("value", "observed"));
    add(all, inputs.pastCovariates(), "past covariates");
    add(all, inputs.knownCovariates(), "known covariates");
    add(all, known() - inputs.knownCovariates(), "known covariates a horizon later");
    add(all, statistics ? 2 : 0, "statistics of the window (model.scaling.statistics)");
    add(all, codes(), "static categories (model.statics.encoding)");
    return String.join(", ", all);
  }

  private static void add(List<String> to, int count, String what) {
    if (count > 0) {
      to.add(count + " " + what);
    }
  }

  /** The inputs of a batch; the caller frees them. */
  INDArray array(WindowBatch windows, ScaledBatch scaled) {
    int batch = windows.size();
    float[] x = new float[Math.toIntExact((long) batch * width() * steps())];
    for (int i = 0; i < batch; i++) {
      new Sequence(x, batch, i).fill(windows, scaled);
    }
    return Nd4j.create(x, new long[] {batch, width(), steps()}, 'f');
  }

  /** One window's place among the inputs of a batch. */
  private final class Sequence {
    private final float[] x;
    private final int batch;
    private final int window;
    private int input;

    Sequence(float[] x, int batch, int window) {
      this.x = x;
      this.batch = batch;
      this.window = window;
    }

    void fill(WindowBatch windows, ScaledBatch scaled) {
      int context = inputs.contextLength();
      row(scaled.context(), window * context, context);
      row(windows.contextObserved(), window * context, context);
      for (int p = 0; p < inputs.pastCovariates(); p++) {
        row(scaled.past(), (window * inputs.pastCovariates() + p) * context, context);
      }
      known(scaled, 0);
      if (form != OutputForm.EACH_STEP) {
        known(scaled, inputs.horizon());
      }
      for (int k = 0; statistics && k < 2; k++) {
        constant(scaled.statistics()[2 * window + k]);
      }
      if (categories) {
        oneHot(windows);
      }
    }

    private void known(ScaledBatch scaled, int later) {
      int whole = inputs.contextLength() + inputs.horizon();
      for (int k = 0; k < inputs.knownCovariates(); k++) {
        row(scaled.known(), (window * inputs.knownCovariates() + k) * whole + later, steps());
      }
    }

    private void oneHot(WindowBatch windows) {
      int columns = inputs.categories().size();
      for (int column = 0; column < columns; column++) {
        int code = windows.statics()[window * columns + column];
        for (int c = 0; c < inputs.categories().get(column); c++) {
          constant(c == code ? 1 : 0);
        }
      }
    }

    private void row(float[] from, int at, int count) {
      for (int t = 0; t < count; t++) {
        x[place(t)] = from[at + t];
      }
      input++;
    }

    private void constant(float value) {
      for (int t = 0; t < steps(); t++) {
        x[place(t)] = value;
      }
      input++;
    }

    private int place(int t) {
      return window + batch * (input + width() * t);
    }
  }
}
