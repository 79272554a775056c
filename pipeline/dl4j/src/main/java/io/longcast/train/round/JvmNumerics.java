package io.longcast.train.round;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.Numerics;
import java.lang.management.ManagementFactory;

/**
 * The numerics of this JVM: those of the recurrent kernels, the processor family, the vector
 * extensions the JVM may use and whether it was started with the Vector API.
 */
public final class JvmNumerics {
  private JvmNumerics() {}

  /** One line, equal for JVMs that compute the same bits. */
  public static String text() {
    boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    // No warning of the slower back end here: the code that computes with it logs one.
    Backend kernels = Numerics.vectorAvailable() ? Numerics.vector() : Numerics.plain();
    return kernels.numerics().text()
        + " on "
        + System.getProperty("os.arch")
        + " avx="
        + option("UseAVX")
        + " vector-bytes="
        + option("MaxVectorSize")
        + (vector ? " vector-api" : " no-vector-api");
  }

  private static String option(String name) {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return jvm == null ? "unknown" : jvm.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      return "none";
    }
  }
}
