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
package io.jamesext.lemonade.imap.convert;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.MessageResult;
import org.apache.james.metrics.api.MetricFactory;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

import io.jamesext.converter.Converter;
import io.jamesext.kernel.operation.Blocking;
import io.jamesext.lemonade.imap.convert.Conversions.Conversion;
import io.jamesext.lemonade.imap.convert.ConvertError.Code;
import io.jamesext.lemonade.imap.convert.ConvertRequest.Wanted;
import io.jamesext.lemonade.imap.convert.ConvertSettings.BadParametersException;
import io.jamesext.lemonade.imap.convert.TextCharsets.UnencodableException;
import io.jamesext.lemonade.imap.fetch.Downgrade;
import io.jamesext.lemonade.imap.pace.NulFreeInputStream;
import io.jamesext.urlauth.MimeParts;
import io.jamesext.urlauth.Section;
import io.jamesext.urlauth.SectionReader;
import io.jamesext.urlauth.UrlContent;
import reactor.core.publisher.Mono;

/**
 * Converts the parts of messages, and keeps what was made for a while: a client asks for the size, then for the octets range by range (RFC
 * 5259 section 8.5). A message never changes under its id, and so what is kept is right; it is bounded. What failed is kept too, so that
 * nobody has the same bomb tried again and again.
 */
public final class PartConversions {
    private static final Duration KEPT_FOR = Duration.ofMinutes(10);
    /** What a header is told as in errors. RFC 3462 section 2. */
    private static final String HEADERS = "text/rfc822-headers";
    private static final int MAX_HEADER_BYTES = 1 << 20;
    /** Memory for what is being converted and waits for it, of all users of a listener; one conversion may have more when it is alone. */
    private static final long MAX_IN_USE_BYTES = 128L << 20;
    /** What a process has made, its characters, and their octets in another charset. */
    private static final int MADE_FACTOR = 5;

    private final ConversionJob.Source source;
    private final Converter converter;
    private final MetricFactory metrics;
    private final AtomicLong inUse = new AtomicLong();
    private final Cache<Key, Converted> kept;
    /** Parts that took too long, however they are asked for. */
    private final Cache<Part, ConvertError> tooLong = CacheBuilder.newBuilder().maximumSize(10_000).expireAfterWrite(KEPT_FOR).build();

    /** A part of a message. */
    private record Part(MessageId message, Section section) {
    }

    /** What was converted into what. */
    private record Key(MessageId message, Section section, Wanted wanted) {
    }

    /** With the structures of messages that are known, and what conversions may cost. */
    public PartConversions(MimeParts parts, Converter converter, ConvertLimits limits, MetricFactory metrics) {
        this.source = new ConversionJob.Source(new SectionReader(parts), new Conversions(limits.defaultPicture()), converter.limits());
        this.converter = converter;
        this.metrics = metrics;
        this.kept = CacheBuilder.newBuilder()
            // One segment: a share of several would be too small for a large result.
            .concurrencyLevel(1)
            .maximumWeight(limits.cacheBytes())
            .weigher((Key key, Converted converted) -> converted.weight())
            .expireAfterWrite(KEPT_FOR)
            .build();
    }

    Conversions table() {
        return source.table();
    }

    /** The types that a part can become; quick, since nothing is converted. RFC 5259 section 8.4. */
    List<String> available(MessageResult message, Section section, Wanted wanted)
            throws ConvertErrorException, IOException, MailboxException {
        return ConversionJob.available(message, section, wanted, source);
    }

    /** A part in another form. */
    Mono<Converted> convert(MessageResult message, Section section, Wanted wanted) {
        Key key = new Key(message.getMessageId(), section, wanted);
        Optional<Converted> known = known(key);
        // That parameters are wrong, or that there is no such part, is found as fast as what is kept.
        return known.isPresent() ? Mono.just(known.get()) : failing(Blocking.call(() -> ConversionJob.of(message, section, wanted, source))
            .flatMap(job -> failing(Mono.from(metrics.decoratePublisherWithTimerMetric(metric(job.conversion()), run(job))))
                .doOnNext(converted -> keep(key, converted))));
    }

    private Mono<Converted> failing(Mono<Converted> conversion) {
        return conversion.onErrorResume(ConvertErrorException.class, e -> Mono.fromCallable(() -> failure(e.error())));
    }

    private Mono<Converted> run(ConversionJob job) {
        int maxBytes = converter.limits().maxOutputBytes();
        return Blocking.call(() -> job.content(source)).flatMap(content -> job.isText()
            ? counted(job.memory(content.sizeBytes(), maxBytes), Blocking.call(() -> job.text(content.octets(), maxBytes)))
            : counted(content.sizeBytes(), Blocking.call(() -> job.task(content.octets()))
                    .flatMap(task -> Mono.fromFuture(() -> converter.convert(task))))
                .flatMap(outcome -> counted((long) MADE_FACTOR * outcome.content().length,
                    Blocking.call(() -> job.made(outcome, maxBytes)))));
    }

    private <T> Mono<T> counted(long bytes, Mono<T> work) {
        return Mono.using(() -> take(bytes), taken -> work, taken -> inUse.addAndGet(-taken));
    }

    private long take(long bytes) throws ConvertErrorException {
        if (inUse.addAndGet(bytes) > MAX_IN_USE_BYTES && inUse.get() > bytes) {
            inUse.addAndGet(-bytes);
            throw ConversionJob.busy();
        }
        return bytes;
    }

    /** A header whose encoded words are in another charset. RFC 5259 section 6. */
    byte[] header(MessageResult message, ConvertItem item, Wanted wanted, boolean utf8)
            throws ConvertErrorException, IOException, MailboxException {
        Conversion conversion = new Conversion(HEADERS, HEADERS, Conversions.Work.CHARSET);
        Optional<UrlContent> header = source.sections().stored(message, item.section());
        if (header.isEmpty()) {
            throw new ConvertErrorException(new ConvertError("There is no such part.", Code.BADPARAMETERS, Optional.empty(), HEADERS,
                wanted.parameters()));
        }
        try {
            ConvertSettings settings = ConvertSettings.read(wanted.parameters(), conversion, 0);
            if (item.section().kind() == Section.Kind.HEADER && !wanted.parameters().containsKey(Conversions.CHARSET)) {
                throw new ConvertErrorException(new ConvertError("CHARSET must be said for headers.", Code.MISSINGPARAMETERS,
                    Optional.of(HEADERS), HEADERS, Map.of(Conversions.CHARSET, "")));
            }
            if (header.get().sizeBytes() > MAX_HEADER_BYTES) {
                throw ConvertErrorException.bad("The header is too large.", conversion, Map.of());
            }
            byte[] octets = header.get().octets();
            byte[] converted = HeaderConversion.convert(utf8 ? octets : Downgrade.header(octets), settings.charset(),
                settings.replacement());
            // RFC 3501 section 9: a literal has no NUL.
            NulFreeInputStream.replace(converted, 0, converted.length);
            return converted;
        } catch (BadParametersException e) {
            throw ConvertErrorException.bad(e.why(), conversion, e.parameters());
        } catch (UnencodableException e) {
            throw ConvertErrorException.bad("The header has characters that the charset has not.", conversion,
                Map.of(Conversions.CHARSET, wanted.parameters().getOrDefault(Conversions.CHARSET, "")));
        }
    }

    private Optional<Converted> known(Key key) {
        if (!MimeParts.isLasting(key.message)) {
            return Optional.empty();
        }
        return Optional.<Converted>ofNullable(kept.getIfPresent(key))
            .or(() -> Optional.ofNullable(tooLong.getIfPresent(new Part(key.message, key.section))).map(Converted.Failure::new));
    }

    private void keep(Key key, Converted converted) {
        Optional<Code> failure = converted instanceof Converted.Failure failed ? Optional.of(failed.error().code()) : Optional.empty();
        if (!MimeParts.isLasting(key.message) || failure.equals(Optional.of(Code.TEMPFAIL_1))) {
            return;
        }
        if (failure.equals(Optional.of(Code.TEMPFAIL_10))) {
            tooLong.put(new Part(key.message, key.section), ((Converted.Failure) converted).error());
        } else {
            kept.put(key, converted);
        }
    }

    /** RFC 5259 section 11: operators are told which conversions are asked for, how long they take, and why they fail. */
    private static String metric(Conversion conversion) {
        return "imap-convert-" + conversion.from().replace('/', '-') + "-to-" + conversion.to().replace('/', '-');
    }

    private Converted failure(ConvertError error) {
        metrics.generate("imap-convert-failed-" + error.code().name().toLowerCase(Locale.ROOT)).increment();
        return new Converted.Failure(error);
    }
}
