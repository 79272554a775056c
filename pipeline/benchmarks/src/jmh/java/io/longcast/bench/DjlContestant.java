package io.longcast.bench;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.longcast.model.recurrent.CellKind;
import java.io.IOException;

/** DJL's PyTorch engine: libtorch's recurrent layers, trained by DJL's trainer and Adam. */
public final class DjlContestant implements KernelContestant {
  private final KernelWorkload w;
  private final KernelData data;
  private final NDManager manager = NDManager.newBaseManager();
  private final Model model;
  private final Trainer trainer;
  private final Loss loss = Loss.l2Loss("mse", 1);

  private DjlContestant(KernelOrder order) {
    w = order.workload();
    data = new KernelData(w);
    model = Model.newInstance("bench");
    model.setBlock(network(w, order.cell()));
    Optimizer adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-3f)).build();
    trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(adam));
    trainer.initialize(new Shape(w.batch, w.steps, w.features));
  }

  /** Entry point of the process. */
  public static void main(String[] none) throws IOException {
    Engine engine = Engine.getInstance();
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    KernelWorker.serve("DJL libtorch " + engine.getVersion(), DjlContestant::new);
  }

  private static Block network(KernelWorkload w, CellKind cell) {
    return new SequentialBlock()
        .add(cell(w, cell))
        .addSingleton(states -> states.get(new NDIndex(":, -1, :")))
        .add(Linear.builder().setUnits(KernelWorkload.HORIZON).build());
  }

  private static RecurrentBlock cell(KernelWorkload w, CellKind cell) {
    RecurrentBlock.BaseBuilder<?> builder =
        switch (cell) {
          case LSTM -> LSTM.builder();
          case GRU -> GRU.builder();
          case RNN -> RNN.builder().setActivation(RNN.Activation.TANH);
        };
    builder.setStateSize(w.hidden).setNumLayers(w.layers).optBatchFirst(true);
    if (builder instanceof LSTM.Builder lstm) {
      return lstm.build();
    }
    return builder instanceof GRU.Builder gru ? gru.build() : ((RNN.Builder) builder).build();
  }

  @Override
  public String name() {
    return KernelSide.DJL.label;
  }

  @Override
  public Speed run(boolean training, double seconds) {
    return TimedLoop.run(i -> step(i & 7, training), w.batch, seconds);
  }

  private void step(int batch, boolean training) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray x = scope.create(data.x[batch], new Shape(w.batch, w.steps, w.features));
      if (!training) {
        trainer.evaluate(new NDList(x)).close();
        return;
      }
      NDArray y = scope.create(data.y[batch], new Shape(w.batch, KernelWorkload.HORIZON));
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList out = trainer.forward(new NDList(x));
        NDArray error = loss.evaluate(new NDList(y), out);
        gradients.backward(error);
        out.close();
        error.close();
      }
      trainer.step();
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
    manager.close();
  }
}
