package io.github.item2vec.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files behind an input path, the same for every format: those of directories with their
 * subdirectories, sorted by path; and what is passed over, with the reason. Driver only.
 */
final class FileListing {
  private static final Pattern NO_DATA =
      Pattern.compile(
          "(readme|licen[cs]e|copying|notice|changelog|checksums?|md5sums?|sha\\d*sums?)(\\.txt)?"
              + "|.*\\.(md|pdf|html?|crc|sh|pl|py|md5|sha\\d+)");

  /** What lies next to MovieLens' ratings. */
  private static final Pattern NEXT_TO_RATINGS =
      Pattern.compile(
          "(movies|links|tags|users|genome-scores|genome-tags)\\.(csv|dat)(\\.(gz|bz2))?");

  private static final Pattern RATINGS = Pattern.compile("ratings\\.(csv|dat)(\\.(gz|bz2))?");

  private static final Pattern NEXT_TO_U_DATA =
      Pattern.compile("u\\.(item|genre|info|occupation|user)|u[1-5ab]\\.(base|test)");

  private final List<FileStatus> files = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final FileSystem system;

  private FileListing(FileSystem system) {
    this.system = system;
  }

  /** Lists the files of {@code path}; a missing path is bad input. */
  static FileListing of(Configuration hadoop, String path) {
    try {
      Path root = new Path(path);
      FileListing listing = new FileListing(root.getFileSystem(hadoop));
      FileStatus[] matches = listing.system.globStatus(root);
      if (matches == null || matches.length == 0) {
        throw new BadInputException("input does not exist: " + path);
      }
      boolean one = matches.length == 1 && matches[0].getPath().getName().equals(root.getName());
      for (FileStatus match : matches) {
        listing.add(match, one);
      }
      listing.files.sort(Comparator.comparing(file -> file.getPath().toString()));
      return listing;
    } catch (FileNotFoundException e) {
      throw new BadInputException("input vanished while it was listed: " + path, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException("input cannot be listed: " + path + ": " + e.getMessage(), e);
    }
  }

  List<FileStatus> files() {
    return files;
  }

  /** What is passed over, as "path: reason". */
  List<String> skipped() {
    return skipped;
  }

  /** Passes over one more. */
  void skip(FileStatus file, String reason) {
    files.remove(file);
    skipped.add(file.getPath() + ": " + reason);
  }

  private void add(FileStatus status, boolean asked) throws IOException {
    String name = status.getPath().getName();
    if (!asked && isHidden(name)) {
      skipped.add(status.getPath() + ": hidden");
    } else if (status.isDirectory()) {
      FileStatus[] children = system.listStatus(status.getPath());
      Set<String> names = new TreeSet<>();
      for (FileStatus child : children) {
        names.add(lower(child));
      }
      requireNoTable(status.getPath(), names);
      for (FileStatus child : children) {
        String reason = child.isDirectory() ? null : noRatings(lower(child), names);
        if (reason == null) {
          add(child, false);
        } else {
          skipped.add(child.getPath() + ": " + reason);
        }
      }
    } else if (status.getLen() == 0) {
      skipped.add(status.getPath() + ": 0 bytes");
    } else {
      files.add(status);
    }
  }

  /** Their directories hold files that are deleted in the log, too. */
  private static void requireNoTable(Path directory, Set<String> names) {
    for (String log : List.of("_delta_log", ".hoodie")) {
      if (names.contains(log)) {
        throw new BadInputException(
            "%s is a Delta or Hudi table (it has %s), not all of whose files count: write it as plain Parquet"
                .formatted(directory, log));
      }
    }
  }

  private static String lower(FileStatus file) {
    return file.getPath().getName().toLowerCase(Locale.ROOT);
  }

  /** As Spark and Hadoop have it; a name with "=" is a partition's. */
  private static boolean isHidden(String name) {
    return name.startsWith(".")
        || (name.startsWith("_") && !name.contains("="))
        || name.endsWith("._COPYING_");
  }

  private static String noRatings(String name, Set<String> siblings) {
    if (NO_DATA.matcher(name).matches()) {
      return "no data by its name";
    }
    Set<String> ratings =
        siblings.stream()
            .filter(other -> RATINGS.matcher(other).matches())
            .collect(Collectors.toCollection(TreeSet::new));
    if (!ratings.isEmpty() && NEXT_TO_RATINGS.matcher(name).matches()) {
      return "next to " + ratings.iterator().next();
    }
    return siblings.contains("u.data") && NEXT_TO_U_DATA.matcher(name).matches()
        ? "next to u.data"
        : null;
  }
}
