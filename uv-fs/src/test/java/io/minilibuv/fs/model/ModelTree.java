// SPDX-License-Identifier: MIT
package io.minilibuv.fs.model;

import io.minilibuv.core.UvError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
    byte[] bytes = {};
    int mode;
    int names;

    Node(Kind kind, int mode, String text) {
      this.kind = kind;
      this.mode = mode;
      this.text = text;
    }

    long size() {
      return kind == Kind.LINK ? text.length() : bytes.length;
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

  /** A name in a directory, and what it leads to now: perhaps nothing. */
  record Place(Node directory, String name, @Nullable Node node) {
    Node required() {
      if (node == null) {
        throw new Failure(UvError.ENOENT);
      }
      return node;
    }

    void requireFree() {
      if (node != null) {
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

  final Node root = new Node(Kind.DIRECTORY, 0700, "");

  /** Walks {@code path}; a link at its end is followed or is what is meant. */
  Place find(String path, boolean follow) {
    Deque<String> way = new ArrayDeque<>(List.of(path.split("/")));
    Node directory = root;
    int links = 0;
    while (true) {
      String name = way.pop();
      if (directory.kind != Kind.DIRECTORY) {
        throw new Failure(UvError.ENOTDIR);
      }
      Node node = directory.children.get(name);
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
        return new Place(directory, name, node);
      }
      if (node == null) {
        throw new Failure(UvError.ENOENT);
      }
      directory = node;
    }
  }
}
