package io.longcast.model.recurrent.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of all kernels: the widest that suit the processor.
 *
 * <p>Every store is written {@code Lanes.TYPE.cast(v).intoArray(…)}. {@code FloatVector.intoArray}
 * calls {@code v.vspecies()}, which is virtual; where the JIT cannot tell the class of {@code v},
 * as behind a loop that carries it, only the profile of that call lets it inline, and the profile
 * may be empty when a method is compiled early. Then every stored vector becomes an object and the
 * method stays ten times slower for the life of the JVM. The cast to a constant class, an intrinsic
 * of the JIT, costs nothing and fixes the class. It has to be applied where the vector is used: a
 * helper around it may itself not be inlined.
 */
final class Lanes {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector. */
  static final int COUNT = SPECIES.length();

  /** The class of every vector of {@link #SPECIES}. */
  static final Class<? extends FloatVector> TYPE =
      SPECIES.vectorType().asSubclass(FloatVector.class);

  private Lanes() {}
}
