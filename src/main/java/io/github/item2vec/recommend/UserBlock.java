package io.github.item2vec.recommend;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/** Some users with their profiles and seen items, to be multiplied with one tile after another. */
final class UserBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> users = new ArrayList<>();
  private final List<float[]> profiles = new ArrayList<>();
  private final List<String[]> seen = new ArrayList<>();

  private void add(String user, float[] profile, List<String> context) {
    users.add(user);
    profiles.add(profile);
    seen.add(context.toArray(String[]::new));
  }

  int size() {
    return users.size();
  }

  String user(int i) {
    return users.get(i);
  }

  float[] profile(int i) {
    return profiles.get(i);
  }

  List<String> seen(int i) {
    return List.of(seen.get(i));
  }

  /** Cuts a partition into blocks; users without a profile are left out. */
  static final class Blocks implements Iterator<UserBlock> {
    private final Iterator<Row> rows;
    private final int most;
    private final ListSettings settings;
    private final ProfileSource.Profiles profiles;
    private final int userColumn;
    private final LeftOut leftOut;

    Blocks(
        Iterator<Row> rows,
        int most,
        ListSettings settings,
        ProfileSource profiles,
        int userColumn,
        LeftOut leftOut) {
      this.rows = rows;
      this.most = most;
      this.settings = settings;
      this.profiles = profiles.open();
      this.userColumn = userColumn;
      this.leftOut = leftOut;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public UserBlock next() {
      UserBlock block = new UserBlock();
      while (rows.hasNext() && block.size() < most) {
        Row row = rows.next();
        Profile profile = profiles.of(row);
        if (profile != null) {
          block.add(row.get(userColumn).toString(), profile.vector(), leftOut.of(row, settings));
        }
      }
      return block;
    }
  }
}
