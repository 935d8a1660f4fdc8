package io.github.item2vec.tune;

import com.typesafe.config.ConfigFactory;
import io.github.item2vec.fuzz.Mutations;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged journals end in an {@link IllegalStateException} or in a study that goes on. */
class JournalFuzzTest {
  private static final SearchSpace SPACE =
      SearchSpace.of(
          ConfigFactory.parseString(
              """
              kind { choice = [a, b] }
              x { double = [-5, 5] }
              n { int = [1, 1000], log = true, when { kind = b } }
              """));

  private static final List<String> WORDS =
      List.of(
          "\n",
          "\"",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "null",
          "NaN",
          "-1",
          "0",
          "1",
          "2",
          "3",
          "4",
          "5",
          "6",
          "7",
          "8",
          "99",
          "1e999",
          "2147483648",
          "\"\"",
          "{}",
          "[]",
          "\"state\":4,",
          "\"state\":1,",
          "\"op_code\":5,",
          "\"op_code\":6,",
          "\"op_code\":4,",
          "\"op_code\":0,",
          "\"trial_id\":1,",
          "\"worker_id\":\"optuna\",",
          "\"system_attrs\":{\"fixed_params\":{\"kind\":\"a\",\"x\":1}},",
          "\u0000",
          "\ufeff",
          "\u001b",
          "[".repeat(2000));

  /** A journal in memory. */
  private static final class Memory implements JournalFile {
    private byte[] bytes;

    Memory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public byte[] read() {
      return bytes.clone();
    }

    @Override
    public void append(byte[] more) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(bytes);
      all.writeBytes(more);
      bytes = all.toByteArray();
    }

    @Override
    public void truncate(long length) {
      bytes = Arrays.copyOf(bytes, (int) length);
    }

    @Override
    public void close() {}
  }

  private static Study open(JournalFile file) {
    return Study.open(
        "study",
        SPACE,
        Direction.MAXIMIZE,
        new TpeSampler(5, TpeSampler.Kind.MULTIVARIATE),
        new JournalStorage(file, SPACE),
        Map.of("seed", "5"));
  }

  /** Opens the study, lets it go on by a trial and opens it again. */
  private static void goOn(byte[] bytes) {
    Memory file = new Memory(bytes);
    Study study = open(file);
    Trial trial = study.ask();
    study.tell(trial.number(), TrialResult.complete(0.5, new TreeMap<>(Map.of(1, 0.5))));
    Study again = open(file);
    if (!again.trials().equals(study.trials())) {
      throw new AssertionError(study.trials() + "\nbecomes\n" + again.trials());
    }
  }

  @Test
  @Timeout(3600)
  void everyDamagedJournalIsGoneOnWithOrRefused() throws Exception {
    Memory file = new Memory(new byte[0]);
    Study study = open(file);
    study.ask(Map.of("kind", "a", "x", 0.0), Map.of("origin", "defaults"));
    study.tell(0, TrialResult.complete(0.1, Map.of(1, 0.05)));
    study.ask(Map.of("kind", "b", "x", 1.0, "n", 7L), Map.of());
    study.tell(1, TrialResult.pruned(Map.of(1, 0.01)));
    study.ask(Map.of("kind", "b", "x", 2.0, "n", 9L), Map.of());
    study.tell(2, TrialResult.failed("too small"));
    study.ask(Map.of("kind", "a", "x", 3.0), Map.of());

    new Mutations(List.of(file.read()), WORDS)
        .run("journal", 1_000, JournalFuzzTest::goOn, IllegalStateException.class);
  }
}
