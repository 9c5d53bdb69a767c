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
package io.jamesext.kernel.server;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.reactivestreams.Subscription;

import io.jamesext.kernel.failure.MailboxFailures;
import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.kernel.operation.Reply;
import reactor.core.publisher.BaseSubscriber;

/**
 * The replies of one running operation on their way to the client. It asks for the next few only after the last few were written
 * and the client keeps reading; that is the back pressure from the socket to the mailbox.
 */
public final class Answer<F, R extends Reply> extends BaseSubscriber<R> {
    /** Replies asked for at once. */
    private static final int BATCH = 16;

    private final F request;
    private final Executor eventLoop;
    private final Predicate<R> write;
    private final BiConsumer<Answer<F, R>, Optional<ProtocolException>> ended;
    private int unwritten;
    private boolean completed;
    private volatile boolean abandoned;

    /**
     * @param request what is answered
     * @param eventLoop where all the rest happens
     * @param write writes a reply; false when the client should catch up first
     * @param ended told once that the operation has ended, well or with a failure
     */
    public Answer(F request, Executor eventLoop, Predicate<R> write, BiConsumer<Answer<F, R>, Optional<ProtocolException>> ended) {
        this.request = request;
        this.eventLoop = eventLoop;
        this.write = write;
        this.ended = ended;
    }

    /** What is answered. */
    public F request() {
        return request;
    }

    /** True when the operation gave its own final reply. */
    public boolean completed() {
        return completed;
    }

    /** The client reads again. On the event loop. */
    public void resume() {
        if (unwritten == 0) {
            unwritten = BATCH;
            request(BATCH);
        }
    }

    /**
     * The client has gone. The operation runs on to its end or to its next reply, and is never cut off inside a call of James's. On the
     * event loop.
     */
    public void abandon() {
        abandoned = true;
        resume();
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        eventLoop.execute(this::resume);
    }

    @Override
    protected void hookOnNext(R reply) {
        if (abandoned) {
            cancel();
            hookOnComplete();
            return;
        }
        eventLoop.execute(() -> {
            unwritten--;
            completed |= reply.completes();
            if (abandoned || write.test(reply)) {
                resume();
            }
        });
    }

    @Override
    protected void hookOnComplete() {
        eventLoop.execute(() -> ended.accept(this, Optional.empty()));
    }

    @Override
    protected void hookOnError(Throwable error) {
        eventLoop.execute(() -> ended.accept(this, Optional.of(MailboxFailures.of(error))));
    }
}
