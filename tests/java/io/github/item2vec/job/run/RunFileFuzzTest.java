package io.github.item2vec.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.item2vec.data.BadInputException;
import io.github.item2vec.fuzz.Mutations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged run.json files end in a {@link BadInputException} or in what they say. */
class RunFileFuzzTest {
  private static final String GOOD =
      """
      {"runId": "20261129T063708Z-1c2d9233", "status": "SUCCEEDED",
       "metrics": {"map@10": 0.0753, "hitrate@10": 0.9333},
       "input": {"rows": 270, "rejected": {}, "path": "caf\u00e9"}}
      """;

  private static final List<String> WORDS =
      List.of(
          "\"",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "null",
          "true",
          "NaN",
          "1e999",
          "-",
          "\\",
          "\\u12",
          "\u0000",
          "\ufeff",
          "\u001b",
          "{}",
          "[]",
          "\"map@10\": \"x\",",
          "\"status\": {},",
          "[".repeat(3000),
          "9".repeat(2000),
          "x".repeat(1 << 16));

  @TempDir Path directory;

  @Test
  @Timeout(3600)
  void everyDamagedRunIsReadOrRefused() throws Exception {
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
    Path file = directory.resolve("run.json");
    new Mutations(List.of(GOOD.getBytes(StandardCharsets.UTF_8)), WORDS)
        .run(
            "run.json",
            2_000,
            bytes -> {
              Files.write(file, bytes);
              RunFile run = RunFile.read(hadoop, directory.toUri().toString()).orElseThrow();
              assertThat(run.status()).isNotNull();
              assertThat(run.runId()).isNotNull();
            },
            BadInputException.class);
  }
}
