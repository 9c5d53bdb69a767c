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
package io.jamesext.opensearch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.annotation.PreDestroy;

import org.apache.james.mailbox.extractor.ParsedContent;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.model.ContentType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.inject.Inject;
import com.google.inject.Singleton;

import io.jamesext.converter.Converter;
import io.jamesext.converter.Outcome;
import io.jamesext.converter.Outcome.Result;
import io.jamesext.converter.Task;
import io.jamesext.converter.TextParsers;

/**
 * Text of documents, by Tika's library in processes of their own. The documents come from anybody: only types that hold text are tried, no
 * document in a document, no program, no network. A document that takes all memory or hangs costs its process, and its message is found by
 * the rest of it.
 */
@Singleton
public final class TikaTextExtractor implements TextExtractor, AutoCloseable {
    /** The text may have 512 Ki characters, of three octets at most. */
    static final Converter.Limits LIMITS = new Converter.Limits(10 << 20, 3 * (512 << 10), 0, Duration.ofSeconds(10), 2, 256);

    /** For those before: each is sure to end. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    /** For the answer, also where a process has to be started first. */
    private static final Duration MAX_ANSWER = Duration.ofSeconds(90);
    private static final Logger LOGGER = LoggerFactory.getLogger(TikaTextExtractor.class);

    private final TextParsers parsers = new TextParsers();
    private final Converter converter;
    /** No more documents are held in memory than are read. */
    private final Semaphore free;

    @Inject
    public TikaTextExtractor() {
        this(LIMITS);
    }

    TikaTextExtractor(Converter.Limits limits) {
        this.converter = new Converter(limits);
        this.free = new Semaphore(limits.processes(), true);
    }

    @Override
    public boolean applicable(ContentType contentType) {
        return contentType != null && parsers.knows(type(contentType));
    }

    /** Blocks as long as the limits say. The text is empty where there is none, where the document is broken and where it took too long. */
    @Override
    public ParsedContent extractContent(InputStream content, ContentType contentType) throws IOException, InterruptedException {
        try (content) {
            if (!applicable(contentType)) {
                return ParsedContent.empty();
            }
            if (!free.tryAcquire(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                LOGGER.warn("No process is free to read a document of type {}: it is indexed without its text", type(contentType));
                return ParsedContent.empty();
            }
            try {
                return ParsedContent.of(extract(content, contentType));
            } finally {
                free.release();
            }
        }
    }

    private Optional<String> extract(InputStream content, ContentType contentType) throws IOException, InterruptedException {
        Task task = new Task(Task.Kind.WORDS, type(contentType), "text/plain", contentType.charset().map(Charset::name).orElse(""),
            Task.Picture.ANY, content.readNBytes(converter.limits().maxInputBytes()));
        CompletableFuture<Outcome> words = converter.convert(task);
        try {
            Outcome outcome = words.get(MAX_ANSWER.toSeconds(), TimeUnit.SECONDS);
            if (outcome.result() == Result.CONVERTED) {
                return Optional.of(new String(outcome.content(), StandardCharsets.UTF_8));
            }
            LOGGER.warn("A document of type {} is indexed without its text: {}", type(contentType), outcome.result());
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.error("A document of type {} is indexed without its text", type(contentType), e);
        } finally {
            words.cancel(false);
        }
        return Optional.empty();
    }

    /** Ends the processes. */
    @Override
    @PreDestroy
    public void close() {
        converter.close();
    }

    private static String type(ContentType contentType) {
        return contentType.mimeType().asString();
    }
}
