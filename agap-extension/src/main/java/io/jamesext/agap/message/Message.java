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
package io.jamesext.agap.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.apache.james.mime4j.stream.EntityState;

import com.google.common.collect.ImmutableList;

import io.jamesext.agap.item.Item;
import io.jamesext.kernel.failure.Failure;
import io.jamesext.kernel.failure.ProtocolException;
import reactor.core.publisher.Flux;

/**
 * A message in AGAP's XML. AGAP section 2.11.8: its header, the first plain text, the first HTML text, and all other leaves as attachments
 * from 1. The tree of multiparts is not shown. The message is read up to four times as a stream, and its content is never held as a whole:
 * once for the order of its leaves, then for TEXT, for HTML, and for the attachments.
 */
public final class Message implements Item {
    private final Callable<InputStream> source;
    private final ImmutableList<Header> headers;
    private final Optional<Part> text;
    private final Optional<Part> html;
    private final ImmutableList<Part> attachments;

    private Message(Callable<InputStream> source, ImmutableList<Header> headers, List<Part> parts) {
        this.source = source;
        this.headers = headers;
        this.text = first(parts, "text/plain");
        this.html = first(parts, "text/html");
        this.attachments = parts.stream()
            .filter(part -> !text.equals(Optional.of(part)) && !html.equals(Optional.of(part)))
            .collect(ImmutableList.toImmutableList());
    }

    private static Optional<Part> first(List<Part> parts, String mimeType) {
        return parts.stream().filter(part -> part.mimeType().equals(mimeType) && !part.isAttachment()).findFirst();
    }

    /**
     * Reads what leaves there are.
     *
     * @param source opens the RFC 5322 message; called several times
     */
    public static Message read(Callable<InputStream> source) throws Exception {
        try (Leaves leaves = new Leaves(source.call())) {
            List<Part> parts = new ArrayList<>();
            while (leaves.next()) {
                parts.add(Part.of(leaves));
            }
            return new Message(source, leaves.messageHeaders(), parts);
        }
    }

    /**
     * Reads the header alone, as if there were no leaves.
     *
     * @param source opens the RFC 5322 message, or its header
     */
    public static Message header(Callable<InputStream> source) throws Exception {
        try (Leaves leaves = new Leaves(source.call())) {
            EntityState state = leaves.step();
            while (state != EntityState.T_END_HEADER && state != EntityState.T_END_OF_STREAM) {
                state = leaves.step();
            }
            return new Message(source, leaves.messageHeaders(), List.of());
        }
    }

    /** How many attachments there are; they are numbered from 1. */
    public int attachments() {
        return attachments.size();
    }

    /** The attachment's number among the leaves, from 0. */
    int leaf(int number) {
        return attachments.get(number - 1).index();
    }

    /** False for what has no header at all. */
    public boolean hasHeader() {
        return !headers.isEmpty();
    }

    @Override
    public Flux<String> xml() {
        return Flux.concat(
            Flux.just("<MESSAGE>"),
            HeaderXml.lines(headers),
            text.map(part -> texts(part, "TEXT")).orElseGet(Flux::empty),
            html.map(part -> texts(part, "HTML")).orElseGet(Flux::empty),
            attachmentLines(),
            Flux.just("</MESSAGE>"));
    }

    private Flux<String> texts(Part part, String tag) {
        return at(part, leaves -> part.text(leaves).element(tag, " ENCODED=\"utf-8\""));
    }

    private Flux<String> attachmentLines() {
        if (attachments.isEmpty()) {
            return Flux.empty();
        }
        // All from one stream: opening it for each one would make a message of many parts cost its square.
        return Leaves.lines(source, leaves -> Flux.range(1, attachments.size()).concatMap(number -> attachment(leaves, number)));
    }

    private Flux<String> attachment(Leaves leaves, int number) {
        Part part = attachments.get(number - 1);
        String tag = "ATTACHMENT-" + number;
        return Flux.concat(
            Flux.just("<" + tag + ">"),
            HeaderXml.lines(attachmentHeaders(part)),
            Flux.defer(() -> {
                try {
                    leaves.skipTo(part.index());
                    return part.body(leaves).element("BODY", " ENCODED=\"utf-8\"");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }),
            Flux.just("</" + tag + ">"));
    }

    private ImmutableList<Header> attachmentHeaders(Part part) {
        return part.headers().equals(headers) ? part.contentHeaders() : part.headers();
    }

    @Override
    public Flux<String> part(String wanted) {
        PartPath path = PartPath.parse(wanted);
        return switch (path.leaf()) {
            case HEADER -> HeaderXml.values(path.attachment().isEmpty() ? headers : attachmentHeaders(attachment(path)), path);
            case TEXT -> text.map(part -> at(part, leaves -> part.text(leaves).content())).orElseThrow(PartPath::unknown);
            case HTML -> html.map(part -> at(part, leaves -> part.text(leaves).content())).orElseThrow(PartPath::unknown);
            case BODY -> body(attachment(path));
        };
    }

    @Override
    public ImmutableList<String> values(String wanted) {
        return PartPath.find(wanted).map(this::values).orElseGet(ImmutableList::of);
    }

    /** The same for a path that was read before. */
    public ImmutableList<String> values(PartPath path) {
        return switch (path.leaf()) {
            case HEADER -> headers(path);
            case TEXT -> heads(text.stream());
            case HTML -> heads(html.stream());
            // Sections 4.3.1 and 4.36: without an attachment it is the message's own text, in either form.
            case BODY -> heads(path.attachment().isEmpty() ? Stream.concat(text.stream(), html.stream()) : attachments(path));
        };
    }

    private ImmutableList<String> headers(PartPath path) {
        Stream<Header> all = path.attachment().isEmpty()
            ? headers.stream()
            : attachments(path).flatMap(part -> attachmentHeaders(part).stream());
        return all.filter(header -> path.isHeader(header.name()))
            .flatMap(header -> path.item(header.value()).stream())
            .collect(ImmutableList.toImmutableList());
    }

    private Stream<Part> attachments(PartPath path) {
        return path.attachment().stream()
            .filter(number -> number >= 1 && number <= attachments.size())
            .map(number -> attachments.get(number - 1));
    }

    private ImmutableList<String> heads(Stream<Part> parts) {
        ImmutableList.Builder<String> heads = ImmutableList.builder();
        parts.forEach(part -> {
            try (Leaves leaves = new Leaves(source.call())) {
                leaves.skipTo(part.index());
                part.head(leaves).ifPresent(heads::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Exception e) {
                throw new IllegalStateException("the message cannot be opened", e);
            }
        });
        return heads.build();
    }

    private Flux<String> body(Part part) {
        return at(part, leaves -> part.body(leaves).content());
    }

    private Part attachment(PartPath path) {
        int number = path.attachment().orElseThrow(PartPath::unknown);
        if (number < 1 || number > attachments.size()) {
            throw new ProtocolException(Failure.NO_SUCH_MESSAGE, "UNKNOWN part name (there is no such attachment)");
        }
        return attachments.get(number - 1);
    }

    private Flux<String> at(Part part, Leaves.Reading reading) {
        return Leaves.lines(source, leaves -> {
            leaves.skipTo(part.index());
            return reading.lines(leaves);
        });
    }
}
