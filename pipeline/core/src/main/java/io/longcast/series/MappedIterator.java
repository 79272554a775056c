package io.longcast.series;

import java.util.Iterator;
import java.util.function.Function;

/** An iterator mapped element by element, lazily. */
public record MappedIterator<S, T>(Iterator<S> source, Function<S, T> map) implements Iterator<T> {
  @Override
  public boolean hasNext() {
    return source.hasNext();
  }

  @Override
  public T next() {
    return map.apply(source.next());
  }
}
