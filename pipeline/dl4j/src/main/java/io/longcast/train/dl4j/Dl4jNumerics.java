package io.longcast.train.dl4j;

import io.longcast.train.round.JvmNumerics;
import org.nd4j.linalg.factory.Nd4j;

/** The numerics of DL4J's own layers in this JVM: nd4j's back end, its threads, the JVM. */
public final class Dl4jNumerics {
  private Dl4jNumerics() {}

  /** One line, equal for JVMs that compute the same bits. */
  public static String text() {
    var environment = Nd4j.getExecutioner().getEnvironmentInformation();
    return JvmNumerics.text()
        + " nd4j "
        + environment.getProperty("backend")
        + " "
        + environment.get("blas.vendor")
        + " OMP_NUM_THREADS="
        + environment.get("omp.threads");
  }
}
