package io.longcast;

import io.longcast.testing.PackageArrows;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds in all modules of the pipeline, {@code logs} and {@code benchmarks} among them. */
@Tag("once")
class AllModulesArchitectureTest {

  @Test
  void keepsSparkInternalsInTheirAdapters() {
    new PackageArrows().requireSparkInternalsApart();
  }
}
