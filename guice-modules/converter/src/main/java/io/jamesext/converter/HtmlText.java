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
package io.jamesext.converter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * HTML as plain text that keeps the structure of the document: paragraphs, headings, lists, quotations, and the rows and columns of tables.
 * RFC 5259 section 7.2. Lines end with CRLF.
 */
final class HtmlText implements NodeVisitor {
    private static final Set<String> UNSEEN = Set.of("head", "script", "style", "template", "noscript", "object", "svg", "select",
        "title");
    private static final Set<String> APART = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote",
        "pre");
    private static final Set<String> CELLS = Set.of("td", "th");

    private final StringBuilder text = new StringBuilder();
    /** Line ends that are due before the next word: none at the very beginning, and never more than one empty line. */
    private int due;
    private boolean space;
    private int unseen;
    private int preformatted;
    private int lists;
    /** Where the text of each cell begins that is open. */
    private final Deque<Integer> cells = new ArrayDeque<>();
    private int lastCell;

    private HtmlText() {
    }

    /** Converts HTML whose charset is the given one, or, without one, what its own {@code meta} says. */
    static void convert(Task task, BoundedOutput to) throws IOException {
        String charset = task.charset().isEmpty() ? null : task.charset();
        Document document = Jsoup.parse(new ByteArrayInputStream(task.content()), charset, "");
        HtmlText html = new HtmlText();
        NodeTraversor.traverse(html, document);
        to.text(html.text.isEmpty() ? "" : html.text.append("\r\n"));
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode words) {
            if (unseen == 0) {
                words(words.getWholeText());
            }
        } else if (node instanceof Element element) {
            begin(element, element.normalName());
        }
    }

    private void begin(Element element, String name) {
        if (UNSEEN.contains(name)) {
            unseen++;
        } else if (unseen > 0) {
            return;
        } else if (name.equals("br")) {
            due++;
            space = false;
        } else if (name.equals("hr")) {
            lineEnd(1);
            word("----------");
            lineEnd(1);
        } else if (name.equals("img")) {
            String alternative = element.attr("alt").trim();
            word(alternative.isEmpty() ? "" : "[" + alternative + "]");
        } else if (name.equals("li")) {
            lineEnd(1);
            word("  ".repeat(Math.min(10, Math.max(0, lists - 1))) + "- ");
        } else if (CELLS.contains(name)) {
            cell(element);
        } else if (element.isBlock()) {
            blockEnd(name);
        }
        count(name, 1);
    }

    private void count(String name, int change) {
        preformatted += name.equals("pre") ? change : 0;
        lists += name.equals("ul") || name.equals("ol") ? change : 0;
    }

    @Override
    public void tail(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return;
        }
        String name = element.normalName();
        if (UNSEEN.contains(name)) {
            unseen--;
            return;
        }
        if (unseen > 0) {
            return;
        }
        count(name, -1);
        if (name.equals("a")) {
            link(element);
        } else if (CELLS.contains(name)) {
            lastCell = cells.pop();
        } else if (element.isBlock()) {
            blockEnd(name);
        }
    }

    /** Cells of one line stand beside each other, whatever is in them; the others below each other. */
    private void cell(Element element) {
        if (element.previousElementSibling() != null && lastCellHasOneLine()) {
            text.append('\t');
            due = 0;
        } else {
            due = Math.max(1, due);
        }
        space = false;
        cells.push(text.length());
    }

    private boolean lastCellHasOneLine() {
        int start = lastCell;
        // Line ends that were due before it.
        while (start < text.length() && "\r\n".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return text.indexOf("\n", start) < 0;
    }

    private void blockEnd(String name) {
        boolean beginsCell = !cells.isEmpty() && cells.peek() == text.length();
        if (!beginsCell) {
            lineEnd(APART.contains(name) && lists == 0 && cells.isEmpty() ? 2 : 1);
        }
    }

    private void link(Element element) {
        String address = element.attr("href").trim();
        boolean told = address.isEmpty() || element.text().contains(address.replaceFirst("^mailto:", ""));
        if (!told && address.matches("(?i)(https?|mailto):\\S+")) {
            space = true;
            word("<" + address + ">");
        }
    }

    private void words(String words) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (preformatted > 0 && c == '\n') {
                due++;
                space = false;
            } else if (preformatted == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f')) {
                space = true;
            } else if (c != '\r') {
                word(String.valueOf(c));
            }
        }
    }

    private void lineEnd(int ends) {
        due = Math.max(due, ends);
        space = false;
    }

    private void word(String word) {
        if (word.isEmpty()) {
            return;
        }
        boolean first = text.isEmpty();
        boolean spaced = space && due == 0 && !first && "\t ".indexOf(text.charAt(text.length() - 1)) < 0;
        text.append(first ? "" : "\r\n".repeat(preformatted > 0 ? due : Math.min(due, 2))).append(spaced ? " " : "").append(word);
        due = 0;
        space = false;
    }
}
