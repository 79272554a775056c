package io.longcast.model.dl4j.onnx;

import static io.longcast.model.dl4j.onnx.GraphWriter.DOUBLE;
import static io.longcast.model.dl4j.onnx.GraphWriter.FLOAT;
import static io.longcast.model.dl4j.onnx.GraphWriter.INT64;

import io.longcast.model.NetworkInputs;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Covariates as nodes: brought to unit scale in their window, and folded into patches. */
final class CovariateGraph {
  private static final double FLOOR = 1e-3;
  private static final double TINY = 1e-30;
  private static final double BOUND = 20;

  private final GraphWriter g;
  private final NetworkInputs inputs;
  private final String padding;

  /**
   * @param padding padded steps of each window, {@code [windows]}
   */
  CovariateGraph(GraphWriter g, NetworkInputs inputs, String padding) {
    this.g = g;
    this.inputs = inputs;
    this.padding = padding;
  }

  /** Past covariates at unit scale, {@code [windows, past, contextLength]}. */
  String past(String raw) {
    return standardized(raw, inputs.contextLength());
  }

  /** Known covariates at unit scale; those of the calendar stay as they are. */
  String known(String raw) {
    int declared = inputs.declaredKnown();
    if (declared == 0) {
      return raw;
    }
    int length = inputs.contextLength() + inputs.horizon();
    String scaled = standardized(g.slice(raw, 1, 0, declared), length);
    return inputs.calendarKnown() == 0
        ? scaled
        : g.concat(1, List.of(scaled, g.slice(raw, 1, declared, inputs.knownCovariates())));
  }

  private String standardized(String raw, int length) {
    String x = g.cast(raw, DOUBLE);
    String padded = g.min(padding, g.longs(inputs.contextLength() - 1));
    String first = g.unsqueeze(g.unsqueeze(padded, 1), 2);
    long[] positions = LongStream.range(0, length).toArray();
    String position = g.longs(positions, new long[] {1, 1, length});
    String counts = g.cast(g.op("GreaterOrEqual", position, first), DOUBLE);
    String n = g.sub(g.real(length), g.cast(first, DOUBLE));
    String mean = g.div(g.sum(g.mul(x, counts), 2), n);
    String magnitude = g.div(g.sum(g.mul(g.op("Abs", x), counts), 2), n);
    String away = g.sub(x, mean);
    String squares = g.sum(g.mul(g.square(away), counts), 2);
    String spread = g.add(g.op("Sqrt", g.div(squares, n)), g.mul(g.real(FLOOR), magnitude));
    String usable = g.cast(g.op("Greater", spread, g.real(TINY)), DOUBLE);
    String rate = g.div(usable, g.max(spread, g.real(TINY)));
    return g.cast(g.clip(g.mul(away, rate), g.real(-BOUND), g.real(BOUND)), FLOAT);
  }

  /**
   * Covariates {@code [windows, columns, length]} by patch, {@code [windows, patches, numbers]}:
   * the value of a single step; last value and mean of a longer patch, the last of which may be
   * short.
   */
  String patches(String x, int columns, int length, int patch) {
    if (patch == 1) {
      return g.transpose(x, 0, 2, 1);
    }
    int whole = length / patch;
    String full =
        whole == 0 ? null : folded(g.slice(x, 2, 0, (long) whole * patch), columns, whole);
    if (length % patch == 0) {
      return full;
    }
    String rest = folded(g.slice(x, 2, (long) whole * patch, length), columns, 1);
    return full == null ? rest : g.concat(1, List.of(full, rest));
  }

  private String folded(String x, int columns, int patches) {
    String parts = g.reshape(x, 0, columns, patches, -1);
    String last = g.slice(parts, 3, -1, Integer.MAX_VALUE);
    String both = g.concat(3, List.of(last, g.reduce("ReduceMean", parts, 3)));
    return g.reshape(g.transpose(both, 0, 2, 1, 3), 0, patches, 2L * columns);
  }

  /** Patches of the context whose steps are all padding, {@code [windows, 1]}. */
  String paddedPatches(int patches, int patch) {
    int before = inputs.contextLength() - patches * patch;
    String steps = g.max(g.sub(padding, g.longs(before)), g.longs(0));
    String padded = g.min(g.div(steps, g.longs(patch)), g.longs(patches - 1L));
    return g.cast(g.unsqueeze(padded, 1), INT64);
  }

  /** Whole numbers from 0, {@code [1, count]}. */
  static String positions(GraphWriter g, int count) {
    long[] positions = IntStream.range(0, count).asLongStream().toArray();
    return g.longs(positions, new long[] {1, count});
  }
}
