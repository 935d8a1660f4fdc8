package io.github.item2vec.math;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses between vector instructions ({@code jdk.incubator.vector}) and plain Java. */
public final class VectorModule {
  private static final Logger LOG = LoggerFactory.getLogger(VectorModule.class);

  private VectorModule() {}

  /**
   * One of the two implementations that stand beside a type: {@code Simd} and its name when the JVM
   * has the module, else {@code Scalar} and its name. The choice is logged.
   *
   * @param lookup of the type's package
   */
  public static <T> T choose(MethodHandles.Lookup lookup, Class<T> type) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      try {
        T simd = implementation(lookup, type, "Simd");
        LOG.info("{} with vector instructions ({})", type.getSimpleName(), simd);
        return simd;
      } catch (ReflectiveOperationException | LinkageError e) {
        LOG.warn("{} without vector instructions: {}", type.getSimpleName(), e.toString());
      }
    } else {
      LOG.info(
          "{} without vector instructions: add --add-modules jdk.incubator.vector",
          type.getSimpleName());
    }
    try {
      return implementation(lookup, type, "Scalar");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " has no scalar implementation", e);
    }
  }

  private static <T> T implementation(MethodHandles.Lookup lookup, Class<T> type, String kind)
      throws ReflectiveOperationException {
    Class<?> found = lookup.findClass(type.getPackageName() + "." + kind + type.getSimpleName());
    try {
      return type.cast(lookup.findConstructor(found, MethodType.methodType(void.class)).invoke());
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new ReflectiveOperationException(e);
    }
  }
}
