package io.longcast.model.dl4j;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Any loss and activation of DL4J, by DL4J's own code, in a workspace so that memory is reused. */
final class Dl4jLoss implements StepLoss {
  private static final WorkspaceConfiguration MEMORY =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .policyAllocation(AllocationPolicy.OVERALLOCATE)
          .overallocationLimit(.5)
          .policyLearning(LearningPolicy.OVER_TIME)
          .cyclesBeforeInitialization(3)
          .build();
  private static final String NAME = "LONGCAST_LOSS";

  private final ILossFunction loss;
  private final IActivation activation;
  private final int outputs;

  Dl4jLoss(ILossFunction loss, IActivation activation, int outputs) {
    this.loss = loss;
    this.activation = activation;
    this.outputs = outputs;
  }

  @Override
  @SuppressWarnings("try") // the scope matters, not the variable
  public double gradient(float[] out, float[] labels, int labelsAt, float[] mask, int rows) {
    try (MemoryWorkspace ignored =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(MEMORY, NAME)) {
      INDArray weights = mask == null ? null : array(mask, 0, rows, 1);
      Pair<Double, INDArray> result =
          loss.computeGradientAndScore(
              array(labels, labelsAt, rows, outputs),
              array(out, 0, rows, outputs),
              activation,
              weights,
              false);
      HeapCopy.read(HeapCopy.ordered(result.getSecond(), 'c'), out, 0);
      return result.getFirst();
    }
  }

  @Override
  @SuppressWarnings("try") // the scope matters, not the variable
  public void activate(float[] out, int rows) {
    try (MemoryWorkspace ignored =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(MEMORY, NAME)) {
      INDArray values = activation.getActivation(array(out, 0, rows, outputs), false);
      HeapCopy.read(HeapCopy.ordered(values, 'c'), out, 0);
    }
  }

  private static INDArray array(float[] values, int at, int rows, int columns) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, columns}, 'c');
    HeapCopy.write(values, at, array);
    return array;
  }
}
