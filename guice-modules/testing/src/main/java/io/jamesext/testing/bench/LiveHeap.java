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
package io.jamesext.testing.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.jamesext.stores.Jvm;

/** What a Java process really holds in its heap, as the JDK's {@code jcmd} says it after a collection. */
final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");

    private LiveHeap() {
    }

    /** In bytes. */
    static long of(ProcessHandle process) throws IOException {
        String jcmd = Path.of(Jvm.executable()).resolveSibling("jcmd").toString();
        Process histogram = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram").redirectErrorStream(true).start();
        String answer = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = TOTAL.matcher(answer);
        if (!total.find()) {
            throw new IOException("jcmd says nothing of the heap of process " + process.pid());
        }
        return Long.parseLong(total.group(1));
    }
}
