package io.github.item2vec.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorModuleTest {
  @Test
  void thisJvmHasVectorInstructions() {
    assertThat(VectorModule.refusal(System.getProperties())).isEmpty();
    assertThat(RowMath.best()).isInstanceOf(SimdRowMath.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed mode, emulated-client, sharing", "interpreted mode, sharing"})
  void withoutC2PlainJavaIsFaster(String compiler) {
    assertThat(VectorModule.refusal(properties("java.vm.info", compiler)))
        .hasValue("the C2 compiler is off (java.vm.info = " + compiler + ")");
  }

  @Test
  void aPropertyForcesPlainJava() {
    assertThat(VectorModule.refusal(properties(VectorModule.PLAIN, "true")))
        .hasValue("item2vec.plainJava is set");
    assertThat(VectorModule.refusal(properties(VectorModule.PLAIN, "false"))).isEmpty();
    System.setProperty(VectorModule.PLAIN, "true");
    try {
      assertThat(VectorModule.choose(MethodHandles.lookup(), RowMath.class))
          .isInstanceOf(ScalarRowMath.class);
    } finally {
      System.clearProperty(VectorModule.PLAIN);
    }
  }

  private static Properties properties(String name, String value) {
    Properties properties = new Properties();
    properties.setProperty("java.vm.info", "mixed mode, sharing");
    properties.setProperty(name, value);
    return properties;
  }
}
