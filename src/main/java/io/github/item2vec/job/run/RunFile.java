package io.github.item2vec.job.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.item2vec.data.BadInputException;
import java.io.CharConversionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a later command asks of the run.json of an earlier one. Driver only.
 *
 * @param status RUNNING, SUCCEEDED or FAILED; empty when the file does not say
 * @param quality the run's {@link RunRecord#METRIC}; NaN when it was not measured
 * @param popularity the same of the popularity list, on the same users; NaN when it was not
 *     measured
 * @param trainer its word in the configuration; empty when there was none
 * @param similarItems most items of the lists of similar items that it made; 0 for none
 * @param saved what the run has saved, by the name of the directory; empty when the file is of a
 *     version that did not say
 */
public record RunFile(
    String runId,
    String status,
    double quality,
    double popularity,
    String trainer,
    int similarItems,
    Optional<Map<String, SavedFiles>> saved) {
  /**
   * The run.json of an output; empty when there is none.
   *
   * @throws BadInputException when it is no JSON object
   */
  public static Optional<RunFile> read(Configuration hadoop, String output) {
    return json(hadoop, output).map(RunFile::of);
  }

  /** What a later command asks of a run.json. */
  public static RunFile of(JsonNode run) {
    return new RunFile(
        run.path("runId").asText(),
        run.path("status").asText(),
        run.path("metrics").path(RunRecord.METRIC).asDouble(Double.NaN),
        run.path("baselines").path("popularity").path(RunRecord.METRIC).asDouble(Double.NaN),
        run.path("trainer").asText(),
        run.path("similarItems").path("k").asInt(0),
        saved(run.path("saved")));
  }

  /**
   * All of the run.json of an output; empty when there is none.
   *
   * @throws BadInputException when it is no JSON object
   */
  public static Optional<JsonNode> json(Configuration hadoop, String output) {
    Path file = new Path(RunOutput.path(output), "run.json");
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      JsonNode run = new ObjectMapper().readTree(in);
      if (!run.isObject()) {
        throw new BadInputException(file + " is no JSON object, as a run writes it");
      }
      return Optional.of(run);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          "%s is damaged: %s (line %d)"
              .formatted(
                  file,
                  e.getOriginalMessage(),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
          e);
    } catch (CharConversionException e) {
      throw new BadInputException("%s is damaged: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Optional<Map<String, SavedFiles>> saved(JsonNode saved) {
    if (!saved.isObject()) {
      return Optional.empty();
    }
    Map<String, SavedFiles> directories = new LinkedHashMap<>();
    saved
        .properties()
        .forEach(entry -> directories.put(entry.getKey(), SavedFiles.of(entry.getValue())));
    return Optional.of(directories);
  }

  public boolean succeeded() {
    return status.equals("SUCCEEDED");
  }
}
