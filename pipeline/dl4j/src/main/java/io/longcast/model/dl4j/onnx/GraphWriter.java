package io.longcast.model.dl4j.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Writes the nodes of a graph in operator set {@value #OPERATORS}; each method returns the name of
 * its result. The operands of an operation have one type.
 */
final class GraphWriter {
  static final int OPERATORS = 14;
  static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
  static final int DOUBLE = TensorProto.DataType.DOUBLE_VALUE;
  static final int INT32 = TensorProto.DataType.INT32_VALUE;
  static final int INT64 = TensorProto.DataType.INT64_VALUE;

  /** An operand that is left out. */
  static final String NONE = "";

  private static final String WINDOWS = "windows";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("longcast");
  private final Map<String, String> scalars = new HashMap<>();
  private int names;

  GraphProto build() {
    return graph.build();
  }

  /** An input of the graph whose first dimension is the number of windows. */
  String input(String name, int type, long... more) {
    graph.addInput(value(name, type, more));
    return name;
  }

  /** Makes a value an output of the graph, under a name of its own. */
  void output(String from, String name, int type, long... more) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(name).build());
    graph.addOutput(value(name, type, more));
  }

  private static ValueInfoProto value(String name, int type, long... more) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(WINDOWS);
    Arrays.stream(more).forEach(size -> shape.addDimBuilder().setDimValue(size));
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  // Constants

  String floats(float[] values, long... shape) {
    return range(values, 0, values.length, shape);
  }

  String range(float[] values, int from, int length, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values, from, length);
    return constant(FLOAT, bytes, shape);
  }

  String doubles(double[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return constant(DOUBLE, bytes, shape);
  }

  /** A vector of whole numbers, such as a shape. */
  String longs(long... values) {
    return scalars.computeIfAbsent(
        Arrays.toString(values), key -> longs(values, new long[] {values.length}));
  }

  String longs(long[] values, long[] shape) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return constant(INT64, bytes, shape);
  }

  String real(double value) {
    return scalars.computeIfAbsent("double " + value, key -> doubles(new double[] {value}));
  }

  String single(float value) {
    return scalars.computeIfAbsent("float " + value, key -> floats(new float[] {value}));
  }

  private String constant(int type, ByteBuffer bytes, long... shape) {
    String name = "c" + names++;
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type)
            .setRawData(ByteString.copyFrom(bytes.array()));
    Arrays.stream(shape).forEach(tensor::addDims);
    graph.addInitializer(tensor);
    return name;
  }

  // Operations

  String op(String type, String... operands) {
    return node(type, List.of(operands), 1).get(0);
  }

  /** An operation with several results and attributes. */
  List<String> node(String type, List<String> operands, int results, AttributeProto... more) {
    List<String> outputs = Stream.generate(() -> "v" + names++).limit(results).toList();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .addAllInput(operands)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(more)));
    return outputs;
  }

  private String with(AttributeProto attribute, String type, String... operands) {
    return node(type, List.of(operands), 1, attribute).get(0);
  }

  static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto numbers(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(LongStream.of(values).boxed().toList())
        .build();
  }

  String add(String a, String b) {
    return op("Add", a, b);
  }

  String sub(String a, String b) {
    return op("Sub", a, b);
  }

  String mul(String a, String b) {
    return op("Mul", a, b);
  }

  String div(String a, String b) {
    return op("Div", a, b);
  }

  String max(String a, String b) {
    return op("Max", a, b);
  }

  String min(String a, String b) {
    return op("Min", a, b);
  }

  String square(String x) {
    return mul(x, x);
  }

  String clip(String x, String low, String high) {
    return min(max(x, low), high);
  }

  String where(String condition, String a, String b) {
    return op("Where", condition, a, b);
  }

  String cast(String x, int type) {
    return with(number("to", type), "Cast", x);
  }

  /** Sizes: 0 keeps the size of this dimension. */
  String reshape(String x, long... shape) {
    return op("Reshape", x, longs(shape));
  }

  String transpose(String x, long... order) {
    return with(numbers("perm", order), "Transpose", x);
  }

  String unsqueeze(String x, long axis) {
    return op("Unsqueeze", x, longs(axis));
  }

  String squeeze(String x, long axis) {
    return op("Squeeze", x, longs(axis));
  }

  /** Repeats along dimensions of size 1. */
  String expand(String x, long... shape) {
    return op("Expand", x, longs(shape));
  }

  String concat(long axis, List<String> parts) {
    return parts.size() == 1 ? parts.get(0) : node("Concat", parts, 1, number("axis", axis)).get(0);
  }

  /** Positions {@code from} to before {@code to} along an axis. */
  String slice(String x, long axis, long from, long to) {
    return op("Slice", x, longs(from), longs(to), longs(axis));
  }

  /** The sum along an axis, which stays with size 1. */
  String sum(String x, long axis) {
    return op("ReduceSum", x, longs(axis));
  }

  /** {@code ReduceMean}, {@code ReduceMin} or {@code ReduceMax} along an axis, which stays. */
  String reduce(String type, String x, long axis) {
    return with(numbers("axes", axis), type, x);
  }

  /** Along an axis, the element whose position is given. */
  String pick(String x, long axis, String positions) {
    return with(number("axis", axis), "GatherElements", x, positions);
  }
}
