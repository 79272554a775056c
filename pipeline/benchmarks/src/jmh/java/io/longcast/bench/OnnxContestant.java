package io.longcast.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;

/** ONNX Runtime on the same network, inference only; the copy of a batch into its tensor counts. */
public final class OnnxContestant implements KernelContestant {
  private final KernelWorkload w;
  private final KernelData data;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  private OnnxContestant(KernelOrder order) {
    w = order.workload();
    data = new KernelData(w);
    try {
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(OnnxModel.of(w, order.cell()), options);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the model of " + order.text(), e);
    }
  }

  /** Entry point of the process. */
  public static void main(String[] none) throws IOException {
    String version = OrtEnvironment.getEnvironment().getVersion();
    KernelWorker.serve(KernelSide.ONNX.label + " " + version, OnnxContestant::new);
  }

  @Override
  public String name() {
    return KernelSide.ONNX.label;
  }

  @Override
  public Speed run(boolean training, double seconds) {
    return TimedLoop.run(i -> forecast(i & 7), w.batch, seconds);
  }

  private void forecast(int batch) {
    long[] shape = {w.batch, w.steps, w.features};
    try (OnnxTensor x =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(data.x[batch]), shape);
        OrtSession.Result result = session.run(Map.of("x", x))) {
      ((OnnxTensor) result.get(0)).getFloatBuffer();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed on " + w, e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the session of ONNX Runtime does not close", e);
    }
  }
}
