package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.network.ParameterLayout.Slice;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.CellSpec;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** The parameters of a stack of recurrent layers inside the flat vector, and their start. */
final class Recurrence {
  private final List<CellSpec> cells;
  private final double dropout;
  private final List<Slice> inputWeights = new ArrayList<>();
  private final List<Slice> recurrentWeights = new ArrayList<>();
  private final List<Slice> biases = new ArrayList<>();

  /**
   * @param name of the slices: {@code lstm} gives {@code lstm0.W}, {@code lstm0.R}, {@code lstm0.b}
   * @param inputs numbers a step
   */
  Recurrence(String name, ModelSpec model, int inputs, ParameterLayout.Builder layout) {
    CellKind kind = CellKind.valueOf(model.cell().name());
    cells = RecurrentStack.uniform(CellSpec.of(kind, inputs, model.hiddenSize()), model.layers());
    dropout = model.dropout();
    for (int l = 0; l < cells.size(); l++) {
      CellSpec cell = cells.get(l);
      int rows = cell.gates() * cell.hidden();
      inputWeights.add(layout.add(name + l + ".W", rows, cell.inputs()));
      recurrentWeights.add(layout.add(name + l + ".R", rows, cell.hidden()));
      biases.add(layout.add(name + l + ".b", 1, rows));
      if (cell.candidateBias()) {
        layout.add(name + l + ".c", 1, cell.hidden());
      }
    }
  }

  /** Where the first layer's parameters begin. */
  int offset() {
    return inputWeights.get(0).offset();
  }

  RecurrentStack open(int batch, int steps, Backend backend) {
    return new RecurrentStack(cells, dropout, batch, steps, backend);
  }

  /**
   * Input weights by Glorot and Bengio (2010), recurrent weights orthogonal per gate (Saxe et al.
   * 2014), biases zero but 1 at an LSTM's forget gate (Gers et al. 2000).
   */
  void initialize(float[] parameters, RandomGenerator random) {
    for (int l = 0; l < cells.size(); l++) {
      CellSpec cell = cells.get(l);
      Slice weight = inputWeights.get(l);
      double bound = Math.sqrt(6.0 / (weight.rows() + weight.columns()));
      for (int i = weight.offset(); i < weight.end(); i++) {
        parameters[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
      int square = cell.hidden() * cell.hidden();
      for (int gate = 0; gate < cell.gates(); gate++) {
        orthogonal(
            parameters, recurrentWeights.get(l).offset() + gate * square, cell.hidden(), random);
      }
      if (cell.kind() == CellKind.LSTM) {
        int forget = biases.get(l).offset() + cell.hidden();
        Arrays.fill(parameters, forget, forget + cell.hidden(), 1);
      }
    }
  }

  /** Rows of Gaussian numbers made orthonormal by Gram and Schmidt, twice for accuracy. */
  private static void orthogonal(float[] to, int at, int n, RandomGenerator random) {
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] = random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < i; k++) {
          subtract(rows[i], rows[k], dot(rows[i], rows[k]));
        }
      }
      double norm = Math.sqrt(dot(rows[i], rows[i]));
      for (int j = 0; j < n; j++) {
        rows[i][j] /= norm;
        to[at + i * n + j] = (float) rows[i][j];
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static void subtract(double[] from, double[] what, double times) {
    for (int j = 0; j < from.length; j++) {
      from[j] -= times * what[j];
    }
  }
}
