package io.longcast.sparkinternals.rdd;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoSerializable;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * A value that travels between tasks as Java serializes it, whatever {@code spark.serializer} is.
 * Spark's Kryo can neither set the fields of a record on JDK 17 nor read the immutable lists of the
 * JDK, and a session's serializer is not ours to choose.
 *
 * @param <T> a serializable type
 */
public final class JavaSerialized<T> implements Serializable, KryoSerializable {
  private static final long serialVersionUID = 1L;

  private T value;

  public JavaSerialized(T value) {
    this.value = value;
  }

  public T value() {
    return value;
  }

  @Override
  public void write(Kryo kryo, Output output) {
    new JavaSerializer().write(kryo, output, value);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void read(Kryo kryo, Input input) {
    value = (T) new JavaSerializer().read(kryo, input, null);
  }
}
