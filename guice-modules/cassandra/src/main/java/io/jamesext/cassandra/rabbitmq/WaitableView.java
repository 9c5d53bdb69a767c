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
package io.jamesext.cassandra.rabbitmq;

import java.time.Instant;

import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.rabbitmq.EnqueueId;
import org.apache.james.queue.rabbitmq.EnqueuedItem;
import org.apache.james.queue.rabbitmq.MailQueueName;
import org.apache.james.queue.rabbitmq.view.api.DeleteCondition;
import org.apache.james.queue.rabbitmq.view.api.MailQueueView;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A view that says on a thread of its own whether a mail still waits. James's dequeuer, which finds a mail again that was done when its
 * node was killed, blocks where it hears this until Cassandra has answered once more. On the driver's thread that answer could not
 * come: every query of this node would time out, and James would not start.
 */
record WaitableView<V extends ManageableMailQueue.MailQueueItemView>(MailQueueView<V> view) implements MailQueueView<V> {
    @Override
    public Mono<Boolean> isPresent(EnqueueId id) {
        return view.isPresent(id).publishOn(Schedulers.boundedElastic());
    }

    @Override
    public void initialize(MailQueueName name) {
        view.initialize(name);
    }

    @Override
    public Mono<Void> storeMail(EnqueuedItem item) {
        return view.storeMail(item);
    }

    @Override
    public Publisher<Long> delete(DeleteCondition condition) {
        return view.delete(condition);
    }

    @Override
    public ManageableMailQueue.MailQueueIterator browse() {
        return view.browse();
    }

    @Override
    public Flux<V> browseReactive() {
        return view.browseReactive();
    }

    @Override
    public Flux<V> browseOlderThanReactive(Instant olderThan) {
        return view.browseOlderThanReactive(olderThan);
    }

    @Override
    public long getSize() {
        return view.getSize();
    }

    @Override
    public Mono<Long> getSizeReactive() {
        return view.getSizeReactive();
    }
}
