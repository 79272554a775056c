package io.longcast.bench;

import io.longcast.model.recurrent.CellKind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A workload's network as an ONNX model, operator set 12: Transpose to {@code [time, batch,
 * features]}, one LSTM, GRU or RNN node a layer, Squeeze of its direction, and Gemm on the last
 * state. Weights are random; the speed does not depend on them. Written in the wire format of
 * protocol buffers: numbers of fields are those of onnx.proto.
 */
final class OnnxModel {
  private static final int FLOAT = 1;
  private final KernelWorkload w;
  private final CellKind cell;
  private final Random random = new Random(3);
  private final Message graph = new Message();

  private OnnxModel(KernelWorkload w, CellKind cell) {
    this.w = w;
    this.cell = cell;
  }

  static byte[] of(KernelWorkload w, CellKind cell) {
    OnnxModel model = new OnnxModel(w, cell);
    model.body();
    Message operators = new Message().number(2, 12);
    return new Message().number(1, 7).part(8, operators).part(7, model.graph).bytes();
  }

  private void body() {
    graph.text(2, "bench");
    node("Transpose", "x", "t0", numbers("perm", 1, 0, 2));
    for (int l = 0; l < w.layers; l++) {
      layer(l);
    }
    weights("hw", KernelWorkload.HORIZON, w.hidden);
    weights("hb", KernelWorkload.HORIZON);
    node("Squeeze", "h" + (w.layers - 1), "last", numbers("axes", 0));
    node("Gemm", "last hw hb", "y", number("transB", 1));
    graph.part(11, value("x", w.batch, w.steps, w.features));
    graph.part(12, value("y", w.batch, KernelWorkload.HORIZON));
  }

  private void layer(int l) {
    int gates =
        switch (cell) {
          case LSTM -> 4;
          case GRU -> 3;
          case RNN -> 1;
        };
    int inputs = l == 0 ? w.features : w.hidden;
    weights("w" + l, 1, gates * w.hidden, inputs);
    weights("r" + l, 1, gates * w.hidden, w.hidden);
    weights("b" + l, 1, 2 * gates * w.hidden);
    String in = "t" + l + " w" + l + " r" + l + " b" + l;
    Message size = number("hidden_size", w.hidden);
    if (cell == CellKind.GRU) {
      node(cell.name(), in, "s" + l + " h" + l, size, number("linear_before_reset", 1));
    } else {
      node(cell.name(), in, "s" + l + " h" + l, size);
    }
    node("Squeeze", "s" + l, "t" + (l + 1), numbers("axes", 1));
  }

  private void node(String type, String in, String out, Message... attributes) {
    Message node = new Message();
    for (String name : in.split(" ")) {
      node.text(1, name);
    }
    for (String name : out.split(" ")) {
      node.text(2, name);
    }
    node.text(4, type);
    for (Message attribute : attributes) {
      node.part(5, attribute);
    }
    graph.part(1, node);
  }

  private static Message number(String name, long value) {
    return new Message().text(1, name).number(3, value).number(20, 2);
  }

  private static Message numbers(String name, long... values) {
    Message attribute = new Message().text(1, name);
    for (long value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, 7);
  }

  private void weights(String name, int... shape) {
    Message tensor = new Message();
    int length = 1;
    for (int size : shape) {
      tensor.number(1, size);
      length *= size;
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      raw.putFloat((float) (random.nextGaussian() * .1));
    }
    tensor.number(2, FLOAT).text(8, name).raw(9, raw.array());
    graph.part(5, tensor);
  }

  private static Message value(String name, int... shape) {
    Message sizes = new Message();
    for (int size : shape) {
      sizes.part(1, new Message().number(1, size));
    }
    Message tensor = new Message().number(1, FLOAT).part(2, sizes);
    return new Message().text(1, name).part(2, new Message().part(1, tensor));
  }

  /** A message of protocol buffers under construction. */
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message number(int field, long value) {
      variable((long) field << 3);
      variable(value);
      return this;
    }

    Message text(int field, String value) {
      return raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message part(int field, Message value) {
      return raw(field, value.bytes());
    }

    Message raw(int field, byte[] value) {
      variable((long) field << 3 | 2);
      variable(value.length);
      bytes.writeBytes(value);
      return this;
    }

    private void variable(long value) {
      long rest = value;
      while (rest > 0x7f) {
        bytes.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
