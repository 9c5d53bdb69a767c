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

package io.jamesext.testing.james;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.jamesext.stores.LaunchFailure;

/** Finds messages in files: single ones ({@code .eml}, {@code .msg}), mbox files and Maildirs. */
public final class MailSource {
    /** What to do with a message. */
    public interface Receiver {
        /**
         * Takes one message.
         *
         * @param origin the file it stands in, and the number within an mbox
         */
        void message(String origin, byte[] message) throws IOException;
    }

    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> MAILDIR_FOLDERS = Set.of("cur", "new");
    private static final String CORPUS_FOLDER = "/mimetools-testmsgs";
    private static final List<String> CORPUS_FOLDERS = List.of(CORPUS_FOLDER, "/testmsgs");

    private MailSource() {
    }

    /** Every message below this directory, in the order of the file names; files that hold no mail are passed over. */
    public static void below(Path directory, Receiver receiver) throws IOException {
        for (Path file : files(directory)) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".eml") || name.endsWith(".msg") || isInMaildir(file)) {
                receiver.message(file.toString(), Files.readAllBytes(file));
            } else if (isMbox(file)) {
                mbox(file, receiver);
            }
        }
    }

    /** The demonstration's mail: the test messages of apache-mime4j, read from its tests jar on the class path. */
    public static void demo(Receiver receiver) throws IOException {
        URL folder = MailSource.class.getResource(CORPUS_FOLDER);
        if (folder == null) {
            throw new LaunchFailure("The demo mail (apache-mime4j-core's tests jar) is not on the class path",
                "Build again: mvn -B -ntp package -DskipTests");
        }
        URI jar = URI.create(uri(folder).toString().replaceFirst("!.*", "!/"));
        try (FileSystem messages = FileSystems.newFileSystem(jar, Map.of())) {
            for (String name : CORPUS_FOLDERS) {
                below(messages.getPath(name), receiver);
            }
        }
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path entry that is no URI: " + url, e);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A Maildir holds messages in {@code cur} and {@code new}, beside {@code tmp}. */
    private static boolean isInMaildir(Path file) {
        Path folder = file.getParent();
        return folder != null && folder.getFileName() != null && MAILDIR_FOLDERS.contains(folder.getFileName().toString())
            && Files.isDirectory(folder.resolveSibling("tmp"));
    }

    private static boolean isMbox(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(FROM.length), FROM);
        }
    }

    /**
     * RFC 4155 appendix A: a line that starts with "From " after an empty line, or at the start, begins a message.
     * In a body, "&gt;From " stands for "From ".
     */
    private static void mbox(Path file, Receiver receiver) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int number = 0;
        boolean afterEmptyLine = true;
        for (int start = 0; start < bytes.length; ) {
            int end = lineEnd(bytes, start);
            if (afterEmptyLine && startsWith(bytes, start, end, 0)) {
                if (number > 0) {
                    receiver.message(file + " #" + number, message.toByteArray());
                }
                number++;
                message.reset();
            } else {
                int quotes = quotes(bytes, start, end);
                int from = quotes > 0 && startsWith(bytes, start, end, quotes) ? start + 1 : start;
                message.write(bytes, from, end - from);
            }
            afterEmptyLine = end - start == 1 || end - start == 2 && bytes[start] == '\r';
            start = end;
        }
        receiver.message(file + " #" + number, message.toByteArray());
    }

    private static int lineEnd(byte[] bytes, int start) {
        int end = start;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return Math.min(end + 1, bytes.length);
    }

    private static int quotes(byte[] bytes, int start, int end) {
        int quotes = 0;
        while (start + quotes < end && bytes[start + quotes] == '>') {
            quotes++;
        }
        return quotes;
    }

    private static boolean startsWith(byte[] bytes, int start, int end, int skipped) {
        int from = start + skipped;
        return end - from >= FROM.length && Arrays.equals(bytes, from, from + FROM.length, FROM, 0, FROM.length);
    }
}
