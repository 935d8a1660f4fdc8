package io.github.item2vec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Spark's UI and its REST API show of a job while it runs, kept as files. */
final class UiPages {
  private static final Pattern APPLICATION = Pattern.compile("\"id\" : \"([^\"]+)\"");
  private static final Pattern QUERY = Pattern.compile("\"id\" : (\\d+)");

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Path directory;
  private final int port;
  private final Set<String> seen = new HashSet<>();
  private int kept;

  UiPages(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  List<String> settings() {
    return List.of("-Dspark.ui.enabled=true", "-Dspark.ui.port=" + port);
  }

  /** Looks at all pages until the process ends, at a query's once; each look is kept. */
  void watch(Process process) throws InterruptedException {
    seen.clear();
    while (process.isAlive()) {
      page("/api/v1/applications").ifPresent(this::pages);
      Thread.sleep(1_000);
    }
  }

  private void pages(String applications) {
    List<String> paths = new ArrayList<>(List.of("/environment/", "/jobs/", "/stages/", "/SQL/"));
    Matcher id = APPLICATION.matcher(applications);
    if (id.find()) {
      String api = "/api/v1/applications/" + id.group(1);
      paths.add(api + "/environment");
      page(api + "/sql?details=true&length=1000")
          .ifPresent(
              plans ->
                  QUERY
                      .matcher(plans)
                      .results()
                      .map(query -> "/SQL/execution/?id=" + query.group(1))
                      .filter(seen::add)
                      .forEach(paths::add));
    }
    paths.forEach(this::page);
  }

  private Optional<String> page(String path) {
    try {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
      var answer =
          client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        return Optional.empty();
      }
      String name = path.replaceAll("[^a-zA-Z]+", "-") + kept++;
      Files.writeString(directory.resolve(name), answer.body());
      return Optional.of(answer.body());
    } catch (IOException e) {
      return Optional.empty(); // not yet up, or ended in the middle of an answer
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** How many pages there are whose path begins so, without signs. */
  long count(String beginning) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith(beginning)).count();
    }
  }
}
