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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.james.mailbox.extractor.ParsedContent;
import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.model.ContentType;
import org.apache.tika.metadata.Metadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.ContentHandler;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.Inject;
import com.google.inject.Singleton;

import io.jamesext.converter.TextParsers;

/**
 * Text of documents, by Tika's library in this JVM. The documents come from anybody: only types that hold text are tried, no document in
 * a document, no program, no network; what is read, what is written, how long and how many at a time are limited. Java cannot stop a parser
 * that hangs: it keeps its thread. When all threads hang, no document is tried or waited for any more until one ends, and messages are
 * found by the rest of them.
 */
@Singleton
public final class TikaTextExtractor implements TextExtractor {
    /** What one document may cost. {@code threads} documents are parsed at a time, so that the memory used is a multiple of it. */
    public record Limits(int maxBytes, int maxChars, Duration maxTime, int threads) {
        public static final Limits DEFAULT = new Limits(10 * 1024 * 1024, 512 * 1024, Duration.ofSeconds(10), 2);
    }

    /** What reads a document: Tika, or in tests something worse. */
    interface Parsing {
        void parse(InputStream document, ContentHandler text, Metadata metadata) throws Exception;
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(TikaTextExtractor.class);

    private final Limits limits;
    private final TextParsers parsers = new TextParsers();
    private final Parsing parsing;
    /** Parsers that nobody waits for any more and that have not ended yet. */
    private final AtomicInteger hanging = new AtomicInteger();
    private final Semaphore free;
    private final ThreadPoolExecutor threads;

    @Inject
    public TikaTextExtractor() {
        this(Limits.DEFAULT);
    }

    public TikaTextExtractor(Limits limits) {
        this(limits, new TextParsers()::parse);
    }

    TikaTextExtractor(Limits limits, Parsing parsing) {
        this.limits = limits;
        this.parsing = parsing;
        this.free = new Semaphore(limits.threads());
        this.threads = new ThreadPoolExecutor(limits.threads(), limits.threads(), 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(),
            new ThreadFactoryBuilder().setNameFormat("attachment-text-%d").setDaemon(true).build()) {
            /** The permit is given back when the parser has really ended, not when nobody waits for it any more. */
            @Override
            protected void afterExecute(Runnable task, @Nullable Throwable failure) {
                free.release();
            }
        };
        threads.allowCoreThreadTimeOut(true);
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
            long deadline = System.nanoTime() + limits.maxTime().toNanos();
            if (hanging.get() >= limits.threads() || !free.tryAcquire(limits.maxTime().toNanos(), TimeUnit.NANOSECONDS)) {
                LOGGER.warn("No thread is free to read a document of type {}: it is indexed without its text", type(contentType));
                return ParsedContent.empty();
            }
            return ParsedContent.of(extract(content, contentType, deadline));
        }
    }

    private Optional<String> extract(InputStream content, ContentType contentType, long deadline) throws IOException, InterruptedException {
        AtomicBoolean settled = new AtomicBoolean();
        Future<String> text = submit(content, contentType, settled);
        try {
            return Optional.of(text.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            LOGGER.warn("A document of type {} was given up after {}", type(contentType), limits.maxTime());
            if (settled.compareAndSet(false, true)) {
                hanging.incrementAndGet();
            }
        } catch (ExecutionException e) {
            LOGGER.debug("No text can be had from a document of type {}", type(contentType), e);
        } finally {
            text.cancel(true);
        }
        return Optional.empty();
    }

    /** {@code settled} is set by whoever comes first: the parser that ends, or the one who gives it up. */
    private Future<String> submit(InputStream content, ContentType contentType, AtomicBoolean settled) throws IOException {
        boolean submitted = false;
        try {
            byte[] document = content.readNBytes(limits.maxBytes());
            Future<String> text = threads.submit(() -> parse(document, contentType, settled));
            submitted = true;
            return text;
        } finally {
            if (!submitted) {
                free.release();
            }
        }
    }

    private String parse(byte[] document, ContentType contentType, AtomicBoolean settled) {
        Metadata metadata = new Metadata();
        String charset = contentType.charset().map(Charset::name).map(name -> "; charset=" + name).orElse("");
        metadata.set(Metadata.CONTENT_TYPE, type(contentType) + charset);
        BoundedText text = new BoundedText(limits.maxChars(), limits.maxTime());
        try {
            parsing.parse(new ByteArrayInputStream(document), text, metadata);
        } catch (Exception | StackOverflowError e) {
            LOGGER.debug("A document of type {} is indexed up to where it was stopped or is broken", type(contentType), e);
        } finally {
            if (!settled.compareAndSet(false, true)) {
                hanging.decrementAndGet();
            }
        }
        return text.toString();
    }

    private static String type(ContentType contentType) {
        return contentType.mimeType().asString();
    }
}
