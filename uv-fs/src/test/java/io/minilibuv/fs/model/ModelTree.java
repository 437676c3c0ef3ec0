// SPDX-License-Identifier: MIT
package io.minilibuv.fs.model;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names and what they lead to, as a Linux kernel walks them for root. */
final class ModelTree {
  /** So many links are followed on one way. */
  private static final int MOST_LINKS = 40;

  enum Kind {
    FILE,
    DIRECTORY,
    LINK
  }

  /** What an inode is. */
  static final class Node {
    final Kind kind;
    final SortedMap<String, Node> children = new TreeMap<>();
    final String text;
    final long number;
    byte[] bytes = {};
    int mode;
    int names;

    /** When the content was changed last, if that was set; null is some time of the test's. */
    Uv.@Nullable Timespec modified;

    Node(long number, Kind kind, int mode, String text) {
      this.number = number;
      this.kind = kind;
      this.mode = mode;
      this.text = text;
    }

    long size() {
      return kind == Kind.LINK ? text.length() : bytes.length;
    }

    /** Gives this another content, if only by a change that changes nothing. */
    void change(byte[] content) {
      bytes = content;
      modified = null;
    }

    Node required(Kind wanted, UvError otherwise) {
      if (kind != wanted) {
        throw new Failure(otherwise);
      }
      return this;
    }

    boolean holds(Node other) {
      return this == other || children.values().stream().anyMatch(child -> child.holds(other));
    }
  }

  /** An error on the way. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final UvError error;

    Failure(UvError error) {
      super(error.name(), null, false, false);
      this.error = error;
    }
  }

  /** What the model cannot know, or must not try: the call is to be left out. */
  static final class LeftOut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeftOut(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * A name in a directory, and what it leads to now: perhaps nothing.
   *
   * @param slash whether the path says that it is a directory's
   */
  record Place(Node directory, String name, @Nullable Node node, boolean slash) {
    boolean isDots() {
      return name.equals(".") || name.equals("..");
    }

    Node required() {
      if (node == null) {
        throw new Failure(UvError.ENOENT);
      }
      return node;
    }

    void requireFree() {
      if (node != null || isDots()) {
        throw new Failure(UvError.EEXIST);
      }
    }

    void put(Node made) {
      directory.children.put(name, made);
      made.names++;
    }

    void remove() {
      directory.children.remove(name);
      required().names--;
    }
  }

  private long nodes;
  final Node root = make(Kind.DIRECTORY, 0700, "");

  /** How many nodes have been made. */
  long made() {
    return nodes;
  }

  Node make(Kind kind, int mode, String text) {
    return new Node(++nodes, kind, mode, text);
  }

  /** What {@code path} leads to, as a call finds it that does not make or remove the name. */
  Node find(String path, boolean follow) {
    Place place = place(path, follow || path.endsWith("/"));
    Node node = place.required();
    return place.slash ? node.required(Kind.DIRECTORY, UvError.ENOTDIR) : node;
  }

  /** Walks {@code path}; a link at its end is followed or is what is meant. */
  Place place(String path, boolean follow) {
    Deque<String> way = new ArrayDeque<>(List.of(path.split("/")));
    Node directory = root;
    int links = 0;
    while (true) {
      String name = way.pop();
      directory.required(Kind.DIRECTORY, UvError.ENOTDIR);
      Node node = child(directory, name);
      boolean last = way.isEmpty();
      if (node != null && node.kind == Kind.LINK && (follow || !last)) {
        if (++links > MOST_LINKS) {
          throw new Failure(UvError.ELOOP);
        }
        List<String> target = List.of(node.text.split("/"));
        for (int i = target.size() - 1; i >= 0; i--) {
          way.push(target.get(i));
        }
        continue;
      }
      if (last) {
        return new Place(directory, name, node, path.endsWith("/"));
      }
      if (node == null) {
        throw new Failure(UvError.ENOENT);
      }
      directory = node;
    }
  }

  private @Nullable Node child(Node directory, String name) {
    return switch (name) {
      case "." -> directory;
      case ".." -> parent(directory);
      default -> directory.children.get(name);
    };
  }

  /** Out of the model a sequence may not go. */
  private Node parent(Node directory) {
    if (directory == root) {
      throw new LeftOut("above the root");
    }
    return parent(root, directory);
  }

  private static Node parent(Node from, Node wanted) {
    for (Node child : from.children.values()) {
      if (child == wanted) {
        return from;
      }
      if (child.holds(wanted)) {
        return parent(child, wanted);
      }
    }
    throw new IllegalStateException("not in the tree");
  }

  /** The path of {@code wanted} without links. */
  String pathOf(Node wanted) {
    if (wanted == root) {
      return "";
    }
    Node directory = parent(root, wanted);
    for (Map.Entry<String, Node> entry : directory.children.entrySet()) {
      if (entry.getValue() == wanted) {
        return pathOf(directory) + "/" + entry.getKey();
      }
    }
    throw new IllegalStateException("not in the tree");
  }
}
