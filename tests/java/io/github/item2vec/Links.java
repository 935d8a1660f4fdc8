package io.github.item2vec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.xbean.asm9.ClassReader;
import org.apache.xbean.asm9.ClassVisitor;
import org.apache.xbean.asm9.Handle;
import org.apache.xbean.asm9.MethodVisitor;
import org.apache.xbean.asm9.Opcodes;

/**
 * Whether each class, method and field that a jar's code names exists in other jars: the linking
 * that a JVM does when it comes past, done for all code at once. Also finds what a class of the jar
 * inherits without a body.
 *
 * <p>Run by hand for a Spark distribution: {@code Links target/item2vec-spark.jar
 * $SPARK_HOME/jars/*.jar}, exit 1 for gaps.
 */
final class Links {
  private static final int VERSION = Opcodes.ASM9;

  /** A class as its file has it: no code, the names of its members. */
  private record Shape(
      String parent, List<String> interfaces, int access, Map<String, Integer> members) {}

  private final Map<String, Optional<Shape>> shapes = new HashMap<>();
  private final Map<String, JarFile> homes = new HashMap<>();

  private Links(List<Path> jars) throws IOException {
    for (Path path : jars) {
      JarFile jar = new JarFile(path.toFile());
      jar.stream().forEach(entry -> homes.putIfAbsent(entry.getName(), jar));
    }
  }

  /** What the jar's code names and neither its own classes, nor the others', nor the JDK have. */
  static List<String> missing(Path jar, List<Path> others) throws IOException {
    List<Path> all = new ArrayList<>(List.of(jar));
    all.addAll(others);
    return new Links(all).missing(jar);
  }

  private List<String> missing(Path jar) throws IOException {
    var gaps = new TreeSet<String>();
    try (JarFile file = new JarFile(jar.toFile())) {
      List<String> names = file.stream().map(entry -> entry.getName()).toList();
      for (String name : names) {
        if (name.startsWith("io/github/item2vec/")
            && name.endsWith(".class")
            && !name.contains("/shaded/")) {
          try (InputStream in = file.getInputStream(file.getEntry(name))) {
            new ClassReader(in).accept(new References(gaps), ClassReader.SKIP_DEBUG);
          }
        }
      }
    }
    return List.copyOf(gaps);
  }

  private Optional<Shape> shape(String name) {
    Optional<Shape> known = shapes.get(name);
    if (known == null) {
      known = read(name);
      shapes.put(name, known);
    }
    return known;
  }

  private Optional<Shape> read(String name) {
    String file = name + ".class";
    JarFile home = homes.get(file);
    try (InputStream in =
        home != null
            ? home.getInputStream(home.getEntry(file))
            : ClassLoader.getPlatformClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        return Optional.empty();
      }
      var reader = new ClassReader(in);
      var members = new HashMap<String, Integer>();
      reader.accept(members(members), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
      return Optional.of(
          new Shape(
              reader.getSuperName(), List.of(reader.getInterfaces()), reader.getAccess(), members));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClassVisitor members(Map<String, Integer> members) {
    return new ClassVisitor(VERSION) {
      @Override
      public MethodVisitor visitMethod(
          int access, String name, String descriptor, String signature, String[] exceptions) {
        members.put(name + descriptor, access);
        return null;
      }

      @Override
      public org.apache.xbean.asm9.FieldVisitor visitField(
          int access, String name, String descriptor, String signature, Object value) {
        members.put(name + " " + descriptor, access);
        return null;
      }
    };
  }

  /** The access flags of a member where it is declared: in the class, else in what it extends. */
  private Optional<Integer> find(String owner, String member) {
    Optional<Shape> shape = shape(owner);
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    Integer own = shape.get().members().get(member);
    if (own != null) {
      return Optional.of(own);
    }
    Optional<Integer> found = Optional.empty();
    for (String above : above(shape.get())) {
      Optional<Integer> inherited = find(above, member);
      if (inherited.isPresent() && (inherited.get() & Opcodes.ACC_ABSTRACT) == 0) {
        return inherited; // a body wins over a mere declaration
      }
      found = found.isPresent() ? found : inherited;
    }
    return found;
  }

  private static List<String> above(Shape shape) {
    var all = new ArrayList<String>();
    if (shape.parent() != null) {
      all.add(shape.parent());
    }
    all.addAll(shape.interfaces());
    return all;
  }

  /** Visits one class of ours. */
  private final class References extends ClassVisitor {
    private final Set<String> gaps;
    private String self;

    References(Set<String> gaps) {
      super(VERSION);
      this.gaps = gaps;
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String parent, String[] above) {
      self = name;
      if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0) {
        bodiless(name);
      }
    }

    private void bodiless(String name) {
      var todo = new ArrayList<>(List.of(name));
      while (!todo.isEmpty()) {
        String next = todo.remove(todo.size() - 1);
        Optional<Shape> shape = shape(next);
        if (shape.isEmpty()) {
          gaps.add("class " + next + ", above " + name);
          continue;
        }
        shape.get().members().forEach((member, access) -> body(name, next, member, access));
        todo.addAll(above(shape.get()));
      }
    }

    private void body(String name, String declared, String member, int access) {
      boolean needed = (access & Opcodes.ACC_ABSTRACT) != 0 && member.contains("(");
      if (needed && find(name, member).stream().anyMatch(a -> (a & Opcodes.ACC_ABSTRACT) != 0)) {
        gaps.add("a body for " + declared + "." + member + " in " + name);
      }
    }

    private void check(String owner, String member) {
      if (owner.startsWith("[")) {
        return;
      }
      if (shape(owner).isEmpty()) {
        gaps.add("class " + owner + ", in " + self);
      } else if (!member.isEmpty() && find(owner, member).isEmpty()) {
        gaps.add(owner + "." + member + ", in " + self);
      }
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(VERSION) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String type, boolean ofInterface) {
          // a method handle's invocation is linked by the JVM whatever its types are
          if (!owner.equals("java/lang/invoke/MethodHandle")
              && !owner.equals("java/lang/invoke/VarHandle")) {
            check(owner, method + type);
          }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
          check(owner, field + " " + type);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
          check(type, "");
        }

        @Override
        public void visitInvokeDynamicInsn(
            String method, String type, Handle bootstrap, Object... arguments) {
          for (Object argument : arguments) {
            if (argument instanceof Handle handle) {
              boolean field = handle.getTag() <= Opcodes.H_PUTSTATIC;
              check(handle.getOwner(), handle.getName() + (field ? " " : "") + handle.getDesc());
            }
          }
        }
      };
    }
  }

  /**
   * Prints the gaps.
   *
   * @param arguments the jar, then the jars that it runs with
   */
  public static void main(String[] arguments) throws IOException {
    List<Path> jars = Stream.of(arguments).map(Path::of).filter(Files::isRegularFile).toList();
    List<String> gaps = missing(jars.get(0), jars.subList(1, jars.size()));
    gaps.forEach(System.out::println);
    System.out.println(gaps.size() + " gaps");
    System.exit(gaps.isEmpty() ? 0 : 1);
  }
}
