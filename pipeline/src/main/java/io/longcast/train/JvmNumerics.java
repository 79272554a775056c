package io.longcast.train;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The numerics of this JVM as far as the JVM itself tells: processor family, the vector extensions
 * it may use and whether it was started with the Vector API.
 */
final class JvmNumerics {
  private JvmNumerics() {}

  static String text() {
    boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return System.getProperty("os.arch")
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
