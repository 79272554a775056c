package io.longcast.model.dl4j;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Native memory of a DL4J network that is freed by hand. While one is open, nd4j does not ask for a
 * collection of the whole heap every half second: what a step uses is freed at its end or by the
 * next small collection, and every executor would wait for the others'.
 */
public final class NativeMemory implements AutoCloseable {
  private final boolean collected = Nd4j.getMemoryManager().isPeriodicGcActive();

  public NativeMemory() {
    Nd4j.getMemoryManager().togglePeriodicGc(false);
  }

  /** Frees arrays; absent ones, or none at all, are passed over. */
  public static void free(INDArray... arrays) {
    if (arrays == null) {
      return;
    }
    for (INDArray array : arrays) {
      if (array != null && array.closeable()) {
        array.close();
      }
    }
  }

  /** Frees the workspaces of this thread. */
  public static void freeWorkspaces() {
    for (MemoryWorkspace workspace :
        Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread()) {
      workspace.destroyWorkspace(true);
    }
  }

  /** Back to what was so before this was opened. */
  @Override
  public void close() {
    if (collected) {
      Nd4j.getMemoryManager().togglePeriodicGc(true);
    }
  }
}
