package io.github.item2vec.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How kernels read vectors, so that C2 of JDK 17 compiles their operations to instructions.
 *
 * <p>All lengths of vectors share the methods of {@link FloatVector}, and so their type profiles.
 * Where a JVM has used two lengths (two kernels of ours; one of ours and Spark's linear algebra),
 * C2 compiles a call for both, unless it knows the receiver's class; what comes out is an object in
 * memory, and the kernel is ten times slower. It knows the class of a constant, of what {@link
 * #load} and {@link #loadLongest} return, and of what operations of such a receiver return. It does
 * not know it of {@link FloatVector#fromArray}, of {@code zero} and {@code broadcast}, and of a
 * variable that a loop changes: these may be arguments, not receivers.
 */
final class Simd {
  /**
   * 512 bits where the JVM uses them, else 256; for what has sixteen columns next to each other.
   */
  static final VectorSpecies<Float> LONGEST =
      FloatVector.SPECIES_PREFERRED.length() < RowMath.LANES
          ? FloatVector.SPECIES_256
          : FloatVector.SPECIES_512;

  /** Of {@link #LONGEST}; plus a variable it is a receiver. */
  static final FloatVector LONGEST_ZERO = FloatVector.zero(LONGEST);

  /** Of 256 bits; times a variable it is a receiver. */
  static final FloatVector ONE = FloatVector.broadcast(FloatVector.SPECIES_256, 1);

  private Simd() {}

  /**
   * Checks the machine.
   *
   * @throws LinkageError when its vectors are shorter than 256 bits
   */
  static void requireRegisters() {
    if (FloatVector.SPECIES_PREFERRED.length() < RowMath.WIDTH) {
      throw new LinkageError("vectors of this machine are " + FloatVector.SPECIES_PREFERRED);
    }
  }

  /** Values from {@code at} on, 256 bits of them. */
  static FloatVector load(float[] values, int at) {
    FloatVector vector = FloatVector.fromArray(FloatVector.SPECIES_256, values, at);
    if (vector.getClass() != ONE.getClass()) { // never; after it C2 knows the class
      throw new IllegalStateException(vector.getClass().getName());
    }
    return vector;
  }

  /** Values from {@code at} on, as many as {@link #LONGEST} has. */
  static FloatVector loadLongest(float[] values, int at) {
    FloatVector vector = FloatVector.fromArray(LONGEST, values, at);
    if (vector.getClass() != LONGEST_ZERO.getClass()) { // never; after it C2 knows the class
      throw new IllegalStateException(vector.getClass().getName());
    }
    return vector;
  }
}
