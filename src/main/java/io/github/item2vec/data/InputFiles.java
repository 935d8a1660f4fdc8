package io.github.item2vec.data;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * The files of an input, listed once and looked into; driver only, no Spark job. The look is at a
 * block per file, some at a time.
 *
 * @param samples sorted by path; none is empty, all are Parquet or none is
 * @param skipped what is passed over, as "path: reason"
 */
record InputFiles(List<FileSample> samples, List<String> skipped) {

  /** Lists the files of {@code path}; a missing path, or one without data, is bad input. */
  static InputFiles list(Configuration hadoop, String path, Charset encoding) {
    FileListing listing = FileListing.of(hadoop, path);
    List<FileSample> samples = new ArrayList<>();
    for (FileSample sample :
        listing.files().parallelStream()
            .map(file -> FileSample.of(hadoop, file, encoding))
            .toList()) {
      if (sample.isEmpty()) {
        listing.skip(sample.file(), "no lines");
      } else {
        samples.add(sample);
      }
    }
    if (samples.isEmpty()) {
      throw new BadInputException(
          "input is empty: no file with any data in "
              + path
              + (listing.skipped().isEmpty() ? "" : " (" + listing.skipped().get(0) + ")"));
    }
    for (FileSample sample : samples) {
      if (sample.parquet() != samples.get(0).parquet()) {
        throw new BadInputException(
            "input is Parquet and text at once: %s and %s; name one kind by a glob"
                .formatted(samples.get(0).file().getPath(), sample.file().getPath()));
      }
    }
    return new InputFiles(samples, List.copyOf(listing.skipped()));
  }

  boolean parquet() {
    return samples.get(0).parquet();
  }

  List<FileStatus> files() {
    return samples.stream().map(FileSample::file).toList();
  }
}
