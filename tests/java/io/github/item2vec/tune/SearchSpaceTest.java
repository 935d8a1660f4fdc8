package io.github.item2vec.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSpaceTest {
  private static SearchSpace space(String hocon) {
    return SearchSpace.of(ConfigFactory.parseString(hocon));
  }

  @Test
  void readsEveryKindOfDimension() {
    SearchSpace space =
        space(
            """
            a { int = [1, 10] }
            b { int = [0, 95], step = 10 }
            c { double = [1e-5, 1e-1], log = true }
            d { double = [0, 1], step = 0.1 }
            e { choice = [16, x, true], }
            f { int = [1, 8], log = true, when { e = [16, x] } }
            """);
    assertThat(space.parameters())
        .containsExactly(
            Parameter.of("a", NumberDimension.whole(1, 10)),
            Parameter.of("b", new NumberDimension(true, 0, 90, 10, false)),
            Parameter.of("c", new NumberDimension(false, 1e-5, 1e-1, 0, true)),
            Parameter.of("d", new NumberDimension(false, 0, 1, 0.1, false)),
            Parameter.of("e", new ChoiceDimension(List.of(16, "x", true))),
            new Parameter(
                "f", new NumberDimension(true, 1, 8, 1, true), Map.of("e", List.of(16, "x"))));
  }

  @Test
  void aConditionSwitchesParametersOnAndOff() {
    SearchSpace space = space("e { choice = [p, q] }, f { int = [1, 8], when { e = q } }");
    for (int number = 0; number < 50; number++) {
      Map<String, Object> params =
          new RandomSampler(1).suggest(space, Direction.MAXIMIZE, List.of(), number);
      assertThat(params.containsKey("f")).isEqualTo(params.get("e").equals("q"));
    }
  }

  @Test
  void projectsSettingsOntoTheSpace() {
    SearchSpace space =
        space("a { int = [1, 10] }, b { choice = [16, 32] }, c { double = [0, 1] }");
    assertThat(space.project(Map.of("a", 11, "b", 32L, "c", 1, "d", "other")))
        .isEqualTo(Map.of("b", 32, "c", 1.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a { int = [3, 1] }                      | a: range [3.0, 1.0]: must be low <= high
          a { int = [0, 9], log = true }          | a: range [0.0, 9.0]: must be above 0 when log = true
          a { double = [1, 9], log = true, step = 1 } | a: range [1.0, 9.0]: must be without a step when log = true
          a { int = [1, 9], step = 0 }            | a: step = 0.0: must be above 0
          a { int = [1.5, 9] }                    | a: range [1.5, 9.0]: must be whole
          a { int = [1, 2], double = [1, 2] }     | a: must have one of int, double, choice, has [int, double]
          a { choice = [] }                       | a: choice []: must be distinct values
          a { int = [1, 2], lgo = true }          | a: unknown key 'lgo'
          a { choice = [null] }                   | a: choice = [null]: null is no value
          e { choice = [p] }, f { int = [1, 8], when { e = null } } | f: when.e = [null]: null is no value
          e { choice = [p] }, f { int = [1, 8], when { e = [] } } | f: choice []: must be distinct values
          a = 5                                   | a: must be an object with int, double or choice
          a { int = [1, 2], when { b = x } }      | a.when.b: must name a choice that comes before it
          """)
  void namesWhatIsWrong(String hocon, String message) {
    assertThatThrownBy(() -> space(hocon)).hasMessageStartingWith(message);
  }
}
