package io.github.item2vec.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.item2vec.SparkTest;
import io.github.item2vec.data.RatingsSource.Format;
import io.github.item2vec.data.RatingsSource.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Published data sets, as their files begin, with made-up rows: read as the documentation's table
 * says, or refused in a sentence that names the key to set.
 */
final class RealFormatsTest extends SparkTest {
  private static final Map<String, List<String>> ONE_USER = Map.of("1", List.of("7", "8"));

  @TempDir Path directory;

  /** What a user sets; the rest is as it is by default. */
  private record Settings(
      Order order,
      double minRating,
      double highest,
      String user,
      String item,
      String rating,
      String timestamp,
      String encoding) {
    static final Settings NONE =
        new Settings(Order.TIMESTAMP, 4, 5, "auto", "auto", "auto", "auto", "UTF-8");

    static Settings inFileOrder(double minRating, double highest, String rating) {
      return new Settings(
          Order.FILE, minRating, highest, "auto", "auto", rating, "auto", "ISO-8859-1");
    }

    RatingsSource source(Path path) {
      return new RatingsSource(
          path.toString(),
          Format.AUTO,
          order,
          minRating,
          0,
          highest,
          0.01,
          user,
          item,
          rating,
          timestamp,
          encoding,
          "auto");
    }
  }

  private Path file(String name, String... lines) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return Files.write(file, bytes);
  }

  private static Map<String, List<String>> histories(Path path, Settings settings) {
    try (Ratings ratings = Ratings.read(spark, settings.source(path))) {
      Map<String, List<String>> result = new TreeMap<>();
      for (Row row : ratings.histories().where("size(items) > 0").collectAsList()) {
        result.put(row.getString(0), List.copyOf(row.<String>getList(1)));
      }
      return result;
    }
  }

  private static void assertRead(Path path, Map<String, List<String>> expected) {
    assertThat(histories(path, Settings.NONE)).as(path.toString()).isEqualTo(expected);
  }

  private static void assertRefused(Path path, Settings settings, String... parts) {
    assertThatThrownBy(() -> histories(path, settings))
        .as(path.toString())
        .isInstanceOf(BadInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void movieLens() throws IOException {
    file("ml-100k/README", "SUMMARY & USAGE LICENSE");
    file("ml-100k/u.item", "7|Film \u00e9 (1995)|01-Jan-1995||http://example.org/7|0|1");
    file("ml-100k/u.user", "1|24|M|technician|85711");
    file("ml-100k/u1.base", "1\t9\t5\t881250000");
    Path hundred = file("ml-100k/u.data", "1\t8\t5\t881250950", "1\t7\t5\t881250949");
    assertRead(hundred, ONE_USER);
    assertRead(hundred.getParent(), ONE_USER);
    file("ml-1m/movies.dat", "7::Film \u00e9 (1995)::Comedy");
    file("ml-1m/users.dat", "1::F::1::10::48067");
    Path million = file("ml-1m/ratings.dat", "1::8::5::978302110", "1::7::5::978302109");
    assertRead(million, ONE_USER);
    assertRead(million.getParent(), ONE_USER);
    file("ml-latest-small/README.txt", "Summary", "=======", "", "This dataset, describes");
    file("ml-latest-small/links.csv", "movieId,imdbId,tmdbId", "7,0114709,862");
    file("ml-latest-small/movies.csv", "movieId,title,genres", "7,\"Film, A (1995)\",Comedy");
    file("ml-latest-small/tags.csv", "userId,movieId,tag,timestamp", "1,7,funny,1445714994");
    Path latest =
        file(
            "ml-latest-small/ratings.csv",
            "userId,movieId,rating,timestamp",
            "1,8,4.0,964982704",
            "1,7,5.0,964982703");
    assertRead(latest.getParent(), ONE_USER);
  }

  @Test
  void bookCrossing() throws IOException {
    file("BX/BX-Users.csv", "\"User-ID\";\"Location\";\"Age\"", "\"1\";\"nyc\";NULL");
    Path ratings =
        file(
            "BX/BX-Book-Ratings.csv",
            "\"User-ID\";\"ISBN\";\"Book-Rating\"",
            "\"1\";\"034545104X\";\"7\"",
            "\"1\";\"9022906116\";\"0\"",
            "\"1\";\"\u00fc155061224\";\"10\"");
    assertRefused(ratings, Settings.NONE, "no timestamp column", "input.order = file");
    assertRefused(ratings.getParent(), Settings.inFileOrder(6, 10, "auto"), "BX-Users.csv", "item");
    assertThat(histories(ratings, Settings.inFileOrder(6, 10, "auto")))
        .isEqualTo(Map.of("1", List.of("034545104X", "\u00fc155061224")));
  }

  @Test
  void amazon() throws IOException {
    String user = "A2CX7LUOHB2NDG";
    Map<String, List<String>> expected = Map.of(user, List.of("0001032194", "B000EEHKVY"));
    assertRead(
        file(
            "ratings_Books.csv",
            user + ",B000EEHKVY,5.0,1341187200",
            user + ",0001032194,5.0,1341100800"),
        expected);
    assertRefused(
        file(
            "reviews_Books_5.json",
            "{\"reviewerID\": \"" + user + "\", \"asin\": \"0001032194\", \"overall\": 5.0}"),
        Settings.NONE,
        "reviews_Books_5.json is JSON",
        "write user, item, rating and time");
    Path swapped =
        file(
            "Books.csv",
            "B000EEHKVY," + user + ",5.0,1341187200",
            "0001032194," + user + ",5.0,1341100800");
    assertRefused(
        swapped, Settings.NONE, "input.columns.user = 1 and input.columns.item = 0", "B000EEHKVY");
    assertThat(
            histories(
                swapped, new Settings(Order.TIMESTAMP, 4, 5, "1", "0", "auto", "auto", "UTF-8")))
        .isEqualTo(expected);
    assertRead(
        file(
            "Books2023.csv",
            "user_id,parent_asin,rating,timestamp",
            "1,8,5.0,1588687728924",
            "1,7,5.0,1588687728923"),
        ONE_USER);
  }

  @Test
  void yelp() throws IOException {
    assertRefused(
        file(
            "yelp_academic_dataset_review.json",
            "{\"review_id\":\"x\",\"user_id\":\"1\",\"business_id\":\"7\",\"stars\":4.0}"),
        Settings.NONE,
        "is JSON",
        "csv or Parquet");
    assertRead(
        file(
            "review.csv",
            "review_id,user_id,business_id,stars,useful,text,date",
            "x,1,8,5.0,0,\"Good,",
            "really\",2018-07-07 22:09:12",
            "y,1,7,4.0,1,Bad,2018-07-07 22:09:11"),
        ONE_USER);
  }

  @Test
  void lastFm() throws IOException {
    String user = "00000c289a1829a808ac09c00daf10bc3c4e223b";
    String artist = "3bd73256-3905-4f3a-97e2-8b341527f805";
    Path plays =
        file(
            "lastfm-360k/usersha1-artmbid-artname-plays.tsv",
            user + "\t" + artist + "\tdie \"toten\" hosen\t2137",
            user + "\tf2fb0ff0-5679-42ec-a55c-15109ce6e320\tcocorosie\t3");
    assertRefused(plays, Settings.NONE, "not-a-number", "input.columns.rating", "read as:");
    Settings counts = new Settings(Order.FILE, 10, 1e9, "auto", "auto", "3", "none", "ISO-8859-1");
    assertThat(histories(plays, counts)).isEqualTo(Map.of(user, List.of(artist)));
    assertRefused(
        file(
            "lastfm-1k/userid-timestamp-artid-artname-traid-traname.tsv",
            "user_000001\t2009-05-04T23:08:57Z\t" + artist + "\tDeep Dish\t\tFuel",
            "user_000001\t2009-05-04T13:54:10Z\t" + artist + "\tDeep Dish\t\tFire"),
        Settings.NONE,
        "no header, and column 1 holds dates",
        "input.columns.user");
    Path weights =
        file("hetrec/user_artists.dat", "userID\tartistID\tweight", "1\t7\t13883", "1\t8\t11690");
    assertRefused(weights, Settings.NONE, "no timestamp column", "input.order = file");
    assertThat(histories(weights, Settings.inFileOrder(1, 1e9, "weight"))).isEqualTo(ONE_USER);
  }

  @Test
  void hetRecMovieLens() throws IOException {
    Path parts =
        file(
            "hetrec-ml/user_ratedmovies.dat",
            "userID\tmovieID\trating\tdate_day\tdate_month\tdate_year\tdate_hour\tdate_minute"
                + "\tdate_second",
            "1\t7\t5\t29\t10\t2006\t23\t17\t16",
            "1\t8\t4.5\t29\t10\t2006\t23\t23\t44");
    assertRefused(parts, Settings.NONE, "no timestamp column", "input.columns.timestamp");
    assertThat(histories(parts, Settings.inFileOrder(4, 5, "auto"))).isEqualTo(ONE_USER);
    Path times =
        file(
            "hetrec-ml/user_ratedmovies-timestamps.dat",
            "userID\tmovieID\trating\ttimestamp",
            "1\t8\t4.5\t1162160237000",
            "1\t7\t4.5\t1162160236000");
    assertRead(times, ONE_USER);
    assertRefused(times.getParent(), Settings.NONE, "user_ratedmovies");
  }

  @Test
  void others() throws IOException {
    assertRead(
        file(
            "ml.inter",
            "user_id:token\titem_id:token\trating:float\ttimestamp:float",
            "1\t7\t5\t1.5E9",
            "1\t8\t5\t1500000001.0"),
        ONE_USER);
    assertRead(
        file(
            "events.csv",
            "timestamp,visitorid,event,itemid,transactionid",
            "1433221332118,1,view,8,",
            "1433221332117,1,view,7,"),
        ONE_USER);
    assertRefused(
        file(
            "yoochoose-clicks.dat",
            "1,2014-04-07T10:51:09.277Z,214536502,0",
            "1,2014-04-07T10:54:09.868Z,214536500,0"),
        Settings.NONE,
        "column 1 holds dates",
        "input.columns");
    assertRefused(
        file("combined_data_1.txt", "1:", "1488844,3,2005-09-06", "822109,5,2005-05-13"),
        Settings.NONE,
        "combined_data_1.txt");
    assertRefused(
        file("delta/_delta_log/0.json", "{}").getParent().getParent(),
        Settings.NONE,
        "is a Delta or Hudi table");
  }
}
