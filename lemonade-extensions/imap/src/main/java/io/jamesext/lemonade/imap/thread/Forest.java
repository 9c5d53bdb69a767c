/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.jamesext.lemonade.imap.thread;

import java.util.Arrays;

/**
 * Trees that are joined and cut. Whether a link would make a loop takes the time of a logarithm, however deep the trees are: the paths of
 * the trees are kept in splay trees of their own ("link-cut trees", Sleator and Tarjan, 1983).
 */
final class Forest {
    static final int NONE = -1;

    private int size;
    private int[] parents = new int[16];
    /** Of the splay trees: what is above a node on its path is to its left. */
    private int[] left = new int[16];
    private int[] right = new int[16];
    /** The parent in the splay tree, or from the root of one the node below which its path hangs. */
    private int[] up = new int[16];

    /** A new node without parent; they are counted from 0. */
    int add() {
        if (size == parents.length) {
            parents = Arrays.copyOf(parents, size * 2);
            left = Arrays.copyOf(left, size * 2);
            right = Arrays.copyOf(right, size * 2);
            up = Arrays.copyOf(up, size * 2);
        }
        parents[size] = NONE;
        left[size] = NONE;
        right[size] = NONE;
        up[size] = NONE;
        return size++;
    }

    int size() {
        return size;
    }

    int parent(int node) {
        return parents[node];
    }

    /** Takes a node with all below it away from its parent, if it has one. */
    void cut(int node) {
        if (parents[node] != NONE) {
            parents[node] = NONE;
            expose(node);
            up[left[node]] = NONE;
            left[node] = NONE;
        }
    }

    /** Makes a node that has no parent the child of another, unless that would make a loop. */
    void link(int parent, int child) {
        if (root(parent) != child) {
            expose(child);
            up[child] = parent;
            parents[child] = parent;
        }
    }

    private int root(int node) {
        expose(node);
        int top = node;
        while (left[top] != NONE) {
            top = left[top];
        }
        splay(top);
        return top;
    }

    /** Makes the way from the root down to this node one path, and the node the root of its splay tree. */
    private void expose(int node) {
        int below = NONE;
        for (int at = node; at != NONE; at = up[at]) {
            splay(at);
            right[at] = below;
            below = at;
        }
        splay(node);
    }

    private boolean isSplayRoot(int node) {
        int above = up[node];
        return above == NONE || left[above] != node && right[above] != node;
    }

    private void splay(int node) {
        while (!isSplayRoot(node)) {
            int above = up[node];
            if (!isSplayRoot(above)) {
                boolean straight = (left[up[above]] == above) == (left[above] == node);
                rotate(straight ? above : node);
            }
            rotate(node);
        }
    }

    /** Turns a node and the one above it. */
    private void rotate(int node) {
        int above = up[node];
        if (!isSplayRoot(above)) {
            if (left[up[above]] == above) {
                left[up[above]] = node;
            } else {
                right[up[above]] = node;
            }
        }
        up[node] = up[above];
        int moved;
        if (left[above] == node) {
            moved = right[node];
            left[above] = moved;
            right[node] = above;
        } else {
            moved = left[node];
            right[above] = moved;
            left[node] = above;
        }
        if (moved != NONE) {
            up[moved] = above;
        }
        up[above] = node;
    }
}
