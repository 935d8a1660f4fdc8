package io.github.item2vec.math;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses between vector instructions ({@code jdk.incubator.vector}) and plain Java. Plain Java it
 * is without the module, where the C2 compiler is off (without it each vector is an object), and
 * where {@value #PLAIN} is set. Both give the same bits.
 */
public final class VectorModule {
  /** The system property that forces plain Java: {@code -Ditem2vec.plainJava=true}. */
  public static final String PLAIN = "item2vec.plainJava";

  private static final Logger LOG = LoggerFactory.getLogger(VectorModule.class);

  private VectorModule() {}

  /**
   * One of the two implementations that stand next to a type: {@code Simd} and its name, or {@code
   * Scalar} and its name. The choice is logged with its reason.
   *
   * @param lookup of the type's package
   */
  public static <T> T choose(MethodHandles.Lookup lookup, Class<T> type) {
    Optional<String> refusal = refusal(System.getProperties());
    if (refusal.isEmpty()) {
      try {
        T simd = implementation(lookup, type, "Simd");
        LOG.info("{} with vector instructions ({})", type.getSimpleName(), simd);
        return simd;
      } catch (ReflectiveOperationException | LinkageError e) {
        LOG.warn("{} without vector instructions: {}", type.getSimpleName(), e.toString());
      }
    } else {
      LOG.info("{} without vector instructions: {}", type.getSimpleName(), refusal.get());
    }
    try {
      return implementation(lookup, type, "Scalar");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " has no scalar implementation", e);
    }
  }

  /**
   * Why there are no vector instructions; empty when there are.
   *
   * @param properties of the JVM; {@code java.vm.info} tells how it compiles (HotSpot, JDK 17 to
   *     25: "emulated-client" with {@code -XX:TieredStopAtLevel} below 4, "interpreted mode" with
   *     {@code -Xint})
   */
  static Optional<String> refusal(Properties properties) {
    String compiler = properties.getProperty("java.vm.info", "");
    if (Boolean.parseBoolean(properties.getProperty(PLAIN))) {
      return Optional.of(PLAIN + " is set");
    }
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return Optional.of("add --add-modules jdk.incubator.vector");
    }
    if (compiler.contains("emulated-client") || compiler.contains("interpreted mode")) {
      return Optional.of("the C2 compiler is off (java.vm.info = " + compiler + ")");
    }
    return Optional.empty();
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
