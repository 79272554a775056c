package io.longcast.model.dl4j.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.longcast.model.ForecastBatch;
import io.longcast.window.WindowBatch;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** An exported network in ONNX Runtime. */
final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxSession(byte[] model) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    session = environment.createSession(model, options);
  }

  Map<String, String> properties() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  /** Forecasts windows as a {@link io.longcast.model.WindowForecaster} does. */
  ForecastBatch forecast(WindowBatch windows, int levels) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    int n = windows.size();
    long context = windows.contextLength();
    put(inputs, "context", windows.context(), n, context);
    put(inputs, "observed", windows.contextObserved(), n, context);
    long[] padding = new long[n];
    Arrays.setAll(padding, windows::padding);
    put(inputs, "padding", padding, n);
    put(inputs, "past", windows.past(), n, windows.pastCovariates(), context);
    long whole = context + windows.horizon();
    put(inputs, "known", windows.known(), n, windows.knownCovariates(), whole);
    long[] statics = Arrays.stream(windows.statics()).asLongStream().toArray();
    put(inputs, "static", statics, n, windows.staticCovariates());
    ForecastBatch forecasts = new ForecastBatch(n, windows.horizon(), levels);
    try (OrtSession.Result result = session.run(inputs)) {
      copy(result.get("point").orElseThrow(), forecasts.point());
      if (levels > 0) {
        copy(result.get("quantiles").orElseThrow(), forecasts.quantiles());
      }
    }
    inputs.values().forEach(OnnxTensor::close);
    return forecasts;
  }

  private static void copy(OnnxValue from, float[] to) {
    ((OnnxTensor) from).getFloatBuffer().get(to);
  }

  private void put(Map<String, OnnxTensor> inputs, String name, float[] values, long... shape)
      throws OrtException {
    if (session.getInputNames().contains(name)) {
      FloatBuffer part = FloatBuffer.wrap(values, 0, size(shape));
      inputs.put(name, OnnxTensor.createTensor(environment, part, shape));
    }
  }

  private void put(Map<String, OnnxTensor> inputs, String name, long[] values, long... shape)
      throws OrtException {
    if (session.getInputNames().contains(name)) {
      LongBuffer part = LongBuffer.wrap(values, 0, size(shape));
      inputs.put(name, OnnxTensor.createTensor(environment, part, shape));
    }
  }

  private static int size(long... shape) {
    return (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
