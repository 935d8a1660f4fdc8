package io.github.item2vec.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricInverseTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 127, 128, 129, 300})
  void timesTheMatrixIsTheIdentity(int n) {
    double diagonal = 3;
    double[] matrix = gram(n, 5);
    SymmetricInverse inverse = SymmetricInverse.of(matrix, n, diagonal);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = diagonal * inverse.get(i, j);
        for (int k = 0; k < n; k++) {
          sum += matrix[k * n + i] * inverse.get(k, j);
        }
        assertThat(sum)
            .as("row %d, column %d of %d", i, j, n)
            .isCloseTo(i == j ? 1 : 0, within(1e-9));
      }
    }
  }

  @Test
  void aRowThatDependsOnOthersIsNamed() {
    double[] matrix = new double[200 * 200]; // all zero but the first 150 of the diagonal
    for (int i = 0; i < 150; i++) {
      matrix[i * 200 + i] = 1;
    }
    assertThatThrownBy(() -> SymmetricInverse.of(matrix, 200, 0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("no inverse: row 150 of 200 depends on those before it");
  }

  /** X'X of a random X with as many rows as columns, of zeros and ones. */
  private static double[] gram(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] x = new int[n][n];
    for (int[] row : x) {
      for (int i = 0; i < n; i++) {
        row[i] = random.nextInt(5) == 0 ? 1 : 0;
      }
    }
    double[] gram = new double[n * n];
    for (int[] row : x) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          gram[j * n + i] += row[i] * row[j];
        }
      }
    }
    return gram;
  }
}
