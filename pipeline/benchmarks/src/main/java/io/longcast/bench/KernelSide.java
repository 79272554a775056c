package io.longcast.bench;

import io.longcast.model.recurrent.CellKind;

/** What {@code bench kernels} compares, each in its own process. */
enum KernelSide {
  /** Products of large matrices by nd4j's OpenBLAS: the mark to measure by. */
  SGEMM("sgemm"),
  /** Whole steps of a DL4J network by our step engine. */
  ENGINE("longcast in DL4J"),
  /** Our recurrent layers without head and updater. */
  KERNEL("kernel alone"),
  /** Our layer in DL4J's own fit. */
  FIT("our layer, DL4J's fit"),
  /** DL4J's own layer in its fit. */
  DL4J("DL4J's layer"),
  /** PyTorch in Python. */
  PYTORCH("PyTorch"),
  /** libtorch through DJL. */
  DJL("DJL"),
  /** ONNX Runtime, inference only. */
  ONNX("ONNX Runtime");

  final String label;

  KernelSide(String label) {
    this.label = label;
  }

  boolean takes(CellKind cell, boolean training) {
    return switch (this) {
      case SGEMM -> false;
      case DL4J -> cell != CellKind.GRU;
      case ONNX -> !training;
      default -> true;
    };
  }
}
