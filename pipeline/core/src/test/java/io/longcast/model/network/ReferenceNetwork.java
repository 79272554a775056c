package io.longcast.model.network;

import io.longcast.model.ModelOutput;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Cell;
import io.longcast.model.ModelSpec.Encoding;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.NetworkInputs;
import io.longcast.model.network.ParameterLayout.Slice;
import io.longcast.model.network.loss.OutputLoss;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The network written down plainly in double precision, forward only, one window after the other:
 * what the fast one is checked against, by value and by central differences.
 */
final class ReferenceNetwork {
  private final ModelSpec model;
  private final NetworkInputs in;
  private final NetworkShape shape;
  private final ParameterLayout layout;
  private final int extras;
  private final int chunk;
  private double[] p;
  private double[] uncut;
  private ScaledBatch s;
  private float[] targets;
  private WindowBatch batch;
  private int w;

  ReferenceNetwork(ForecastNetwork network) {
    model = network.model();
    in = network.inputs();
    layout = network.layout();
    shape = NetworkShape.of(model, in);
    extras = OutputLoss.of(model.output()).extras();
    chunk = model.updater().backpropSteps();
  }

  /**
   * From here on, the state at the start of each chunk is that under these parameters, whatever
   * parameters are asked about: the derivative of the loss is the one that truncation leaves.
   */
  void cutUnder(double[] parameters) {
    uncut = parameters.clone();
  }

  /** Outputs of one window. */
  record Outputs(double[] point, double[] extra) {}

  /** State of all layers. */
  private static final class State {
    final double[][] h;
    final double[][] c;

    State(int layers, int hidden) {
      h = new double[layers][hidden];
      c = new double[layers][hidden];
    }

    void copy(State other) {
      for (int l = 0; l < h.length; l++) {
        System.arraycopy(other.h[l], 0, h[l], 0, h[l].length);
        System.arraycopy(other.c[l], 0, c[l], 0, c[l].length);
      }
    }

    double[] top() {
      return h[h.length - 1];
    }
  }

  /**
   * @param forced whether the decoder reads true values
   */
  Outputs outputs(double[] parameters, Tape tape, WindowBatch windows, int window, boolean forced) {
    p = parameters;
    s = tape.scaled;
    targets = tape.outputs.target;
    batch = windows;
    w = window;
    double[] point = new double[in.horizon()];
    double[] extra = new double[in.horizon() * extras];
    double[][] values = contextValues();
    State state = new State(model.layers(), model.hiddenSize());
    Carried carried = uncut == null ? null : new Carried();
    String cell = model.cell().name().toLowerCase(Locale.ROOT);
    int first = in.contextLength() - shape.contextPatches() * shape.patch();
    int labelled = shape.labels() ? shape.horizonPatches() : 0;
    for (int t = 0; t < shape.contextPatches(); t++) {
      int from = first + t * shape.patch();
      boolean last = t == shape.contextPatches() - 1;
      cut(carried, state, t);
      if (last || batch.padding(w) < from + shape.patch()) {
        advance(cell, state, contextInput(values, from));
        if (carried != null) {
          carried.context(cell, from);
        }
      }
      int d = t - shape.contextPatches() + labelled;
      if (d >= 0) {
        addTo(extra, affine("extras", state.top()), d * shape.patch() * extras);
      }
    }
    if (labelled > 0) {
      return new Outputs(point, extra);
    }
    double[] atOrigin = state.top().clone();
    if (model.output().loss() != ModelOutput.Loss.CROSS_ENTROPY) {
      addScaledPaths(atOrigin, point);
    }
    if (shape.horizonPatches() == 0) {
      addTo(point, affine("head", atOrigin), 0);
      if (extras > 0) {
        addTo(extra, affine("extras", atOrigin), 0);
      }
      return new Outputs(point, extra);
    }
    boolean apart = model.shape() == Shape.SEQ2SEQ;
    double[] previous = new double[shape.patch()];
    for (int j = 0; j < shape.patch(); j++) {
      previous[j] = s.context[(w + 1) * in.contextLength() - shape.patch() + j];
    }
    for (int d = 0; d < shape.horizonPatches(); d++) {
      int from = d * shape.patch();
      int width = shape.patch() * (apart ? 1 : channels());
      if (!apart) {
        cut(carried, state, shape.contextPatches() + d);
      }
      advance(
          apart ? "decoder" : cell,
          state,
          horizonInput(apart ? previous : new double[width], d, apart));
      if (carried != null && !apart) {
        carried.horizon(cell, width, d);
      }
      double[] y = affine("head", state.top());
      addTo(point, y, from);
      if (extras > 0) {
        addTo(extra, affine("extras", state.top()), from * extras);
      }
      for (int j = 0; j < shape.patch() && from + j < in.horizon(); j++) {
        previous[j] = forced ? targets[w * in.horizon() + from + j] : point[from + j];
      }
    }
    return new Outputs(point, extra);
  }

  private void cut(Carried carried, State state, int step) {
    int steps = shape.contextPatches() + shape.stepsBeyond(model.shape() == Shape.SEQ2SEQ);
    if (carried != null && step > 0 && (steps - step) % chunk == 0) {
      state.copy(carried.state);
    }
  }

  /** The state under the parameters that are not asked about. */
  private final class Carried {
    private final State state = new State(model.layers(), model.hiddenSize());
    private final double[][] values = under(() -> contextValues());

    void context(String cell, int from) {
      under(
          () -> {
            advance(cell, state, contextInput(values, from));
            return null;
          });
    }

    void horizon(String cell, int width, int d) {
      under(
          () -> {
            advance(cell, state, horizonInput(new double[width], d, false));
            return null;
          });
    }

    private <T> T under(java.util.function.Supplier<T> work) {
      double[] asked = p;
      p = uncut;
      T result = work.get();
      p = asked;
      return result;
    }
  }

  private static void addTo(double[] to, double[] what, int at) {
    for (int j = 0; j < what.length && at + j < to.length; j++) {
      to[at + j] += what[j];
    }
  }

  private Slice slice(String name) {
    return layout.slices().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private double[] affine(String name, double[] x) {
    Slice weight = slice(name + ".W");
    Slice bias = slice(name + ".b");
    double[] y = new double[weight.columns()];
    for (int j = 0; j < y.length; j++) {
      y[j] = p[bias.offset() + j];
      for (int k = 0; k < x.length; k++) {
        y[j] += x[k] * p[weight.offset() + k * y.length + j];
      }
    }
    return y;
  }

  private void addScaledPaths(double[] state, double[] point) {
    int context = in.contextLength();
    if (model.skip().enabled()) {
      double[] z = new double[context];
      for (int j = 0; j < context; j++) {
        z[j] = s.context[w * context + j];
      }
      addTo(point, affine("skip", z), 0);
    }
    if (model.gate().seasons() > 0) {
      int m = model.seasonalPeriod();
      int seasons = Math.min(model.gate().seasons(), context / m);
      double[] g = affine("gate", state);
      for (int t = 0; t < in.horizon(); t++) {
        for (int k = 0; k < seasons; k++) {
          int step = context - (seasons - k) * m + t % m;
          point[t] += g[t / m * seasons + k] * s.context[w * context + step];
        }
      }
    }
    if (in.knownCovariates() > 0) {
      double[] g = affine("known", state);
      for (int t = 0; t < in.horizon(); t++) {
        for (int k = 0; k < g.length; k++) {
          point[t] += g[k] * known(k, context + t);
        }
      }
    }
  }

  private double known(int k, int step) {
    return s.known[(w * in.knownCovariates() + k) * (in.contextLength() + in.horizon()) + step];
  }

  private double past(int k, int step) {
    return s.past[(w * in.pastCovariates() + k) * in.contextLength() + step];
  }

  private int channels() {
    return model.convolution().layers() == 0 ? 1 : model.convolution().channels();
  }

  private double[][] contextValues() {
    double[][] x = new double[in.contextLength()][];
    for (int j = 0; j < x.length; j++) {
      double value = s.context[w * x.length + j];
      x[j] = new double[] {value};
      if (model.convolution().layers() > 0) {
        x[j] = new double[1 + in.pastCovariates() + in.knownCovariates()];
        x[j][0] = value;
        for (int k = 0; k < in.pastCovariates(); k++) {
          x[j][1 + k] = past(k, j);
        }
        for (int k = 0; k < in.knownCovariates(); k++) {
          x[j][1 + in.pastCovariates() + k] = known(k, j);
        }
      }
    }
    for (int l = 0; l < model.convolution().layers(); l++) {
      x = convolve(x, "conv" + l);
    }
    return x;
  }

  private double[][] convolve(double[][] x, String name) {
    int kernel = model.convolution().kernel();
    int width = x[0].length;
    double[][] y = new double[x.length][];
    for (int j = 0; j < x.length; j++) {
      double[] view = new double[kernel * width];
      for (int k = 0; k < kernel; k++) {
        int step = j - kernel + 1 + k;
        if (step >= 0) {
          System.arraycopy(x[step], 0, view, k * width, width);
        }
      }
      y[j] = affine(name, view);
      for (int c = 0; c < y[j].length; c++) {
        y[j][c] = Math.max(0, y[j][c]);
      }
    }
    return y;
  }

  private double[] contextInput(double[][] values, int from) {
    List<Double> x = new ArrayList<>();
    double observed = 0;
    for (int j = 0; j < shape.patch(); j++) {
      for (double value : values[from + j]) {
        x.add(value);
      }
      observed += batch.contextObserved()[w * in.contextLength() + from + j];
    }
    x.add(1 - observed / shape.patch());
    rest(x, from, shape.patch(), in.pastCovariates());
    return x.stream().mapToDouble(d -> d).toArray();
  }

  private double[] horizonInput(double[] values, int d, boolean apart) {
    List<Double> x = new ArrayList<>();
    for (double value : values) {
      x.add(value);
    }
    x.add(apart ? 0.0 : 1.0);
    int length = Math.min(shape.patch(), in.horizon() - d * shape.patch());
    rest(x, in.contextLength() + d * shape.patch(), length, apart ? 0 : in.pastCovariates());
    return x.stream().mapToDouble(v -> v).toArray();
  }

  private void rest(List<Double> x, int from, int length, int pasts) {
    for (int k = 0; k < pasts; k++) {
      for (int part = 0; part < (shape.patch() == 1 ? 1 : 2); part++) {
        double sum = 0;
        for (int j = part == 0 ? length - 1 : 0; j < length; j++) {
          sum += from >= in.contextLength() ? 0 : past(k, from + j);
        }
        x.add(part == 0 ? sum : sum / length);
      }
    }
    for (int k = 0; k < in.knownCovariates(); k++) {
      for (int part = 0; part < (shape.patch() == 1 ? 1 : 2); part++) {
        double sum = 0;
        for (int j = part == 0 ? length - 1 : 0; j < length; j++) {
          sum += known(k, from + j);
        }
        x.add(part == 0 ? sum : sum / length);
      }
    }
    if (model.scaling().statistics()) {
      x.add((double) s.statistics[2 * w]);
      x.add((double) s.statistics[2 * w + 1]);
    }
    for (int column = 0; column < in.categories().size(); column++) {
      int code = batch.statics()[w * in.categories().size() + column];
      if (model.statics().encoding() == Encoding.ONE_HOT) {
        for (int k = 0; k < in.categories().get(column); k++) {
          x.add(k == code ? 1.0 : 0.0);
        }
      } else if (model.statics().encoding() == Encoding.EMBEDDING) {
        Slice table = slice("embedding" + column + ".W");
        for (int k = 0; k < table.columns(); k++) {
          x.add(p[table.offset() + code * table.columns() + k]);
        }
      }
    }
  }

  private void advance(String name, State state, double[] input) {
    double[] x = input;
    for (int l = 0; l < model.layers(); l++) {
      cell(name + l, x, state.h[l], state.c[l]);
      x = state.h[l];
    }
  }

  private double[] product(String name, double[] x, int rows) {
    Slice weight = slice(name);
    double[] y = new double[rows];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < x.length; k++) {
        y[r] += p[weight.offset() + r * x.length + k] * x[k];
      }
    }
    return y;
  }

  private void cell(String name, double[] x, double[] h, double[] c) {
    int n = h.length;
    int gates = model.cell() == Cell.LSTM ? 4 : model.cell() == Cell.GRU ? 3 : 1;
    double[] a = product(name + ".W", x, gates * n);
    double[] r = product(name + ".R", h.clone(), gates * n);
    int b = slice(name + ".b").offset();
    for (int j = 0; j < n; j++) {
      switch (model.cell()) {
        case LSTM -> {
          double forget = sigmoid(a[n + j] + r[n + j] + p[b + n + j]);
          double output = sigmoid(a[2 * n + j] + r[2 * n + j] + p[b + 2 * n + j]);
          double input = sigmoid(a[3 * n + j] + r[3 * n + j] + p[b + 3 * n + j]);
          c[j] = forget * c[j] + input * Math.tanh(a[j] + r[j] + p[b + j]);
          h[j] = output * Math.tanh(c[j]);
        }
        case GRU -> {
          double reset = sigmoid(a[j] + r[j] + p[b + j]);
          double update = sigmoid(a[n + j] + r[n + j] + p[b + n + j]);
          double own = r[2 * n + j] + p[slice(name + ".c").offset() + j];
          double next = Math.tanh(a[2 * n + j] + p[b + 2 * n + j] + reset * own);
          h[j] = (1 - update) * next + update * h[j];
        }
        default -> h[j] = Math.tanh(a[j] + r[j] + p[b + j]);
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Mean loss of a batch. */
  double loss(double[] parameters, Tape tape, WindowBatch windows, boolean forced) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < windows.size(); i++) {
      Outputs out = outputs(parameters, tape, windows, i, forced);
      for (int t = 0; t < in.horizon(); t++) {
        int at = i * in.horizon() + t;
        if (tape.outputs.weight[at] > 0) {
          double target = tape.outputs.target[at];
          List<Double> classes = model.output().classWeights();
          double counts = classes.isEmpty() ? 1 : classes.get((int) target);
          weight += counts;
          sum += counts * new ReferenceLoss(model.output()).of(out, t, target);
        }
      }
    }
    return sum / weight;
  }
}
