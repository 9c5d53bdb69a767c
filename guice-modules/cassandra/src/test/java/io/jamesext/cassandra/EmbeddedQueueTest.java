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

package io.jamesext.cassandra;

import java.nio.file.Path;
import java.util.UUID;

import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.DelayedManageableMailQueueContract;
import org.apache.james.queue.api.DelayedPriorityMailQueueContract;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.PriorityManageableMailQueueContract;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** James's contracts for mail queues, without the tests that James disables for its own ActiveMQ queue. */
class EmbeddedQueueTest implements DelayedManageableMailQueueContract, DelayedPriorityMailQueueContract,
        PriorityManageableMailQueueContract {
    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;

    private ManageableMailQueue queue;

    @BeforeAll
    static void start() throws Exception {
        broker = new EmbeddedBroker(files(folder));
    }

    @AfterAll
    static void stop() throws Exception {
        broker.stop();
    }

    static FileSystemImpl files(Path folder) {
        return new FileSystemImpl(Configuration.builder().workingDirectory(folder.toFile()).build().directories());
    }

    static ManageableMailQueue queue(EmbeddedBroker broker, String name) {
        return new EmbeddedQueueModule().queues(broker.connections(), new RawMailQueueItemDecoratorFactory(), new RecordingMetricFactory(),
            new NoopGaugeRegistry()).createQueue(MailQueueName.of(name));
    }

    @BeforeEach
    void setUp() {
        queue = queue(broker, UUID.randomUUID().toString());
    }

    @Override
    public MailQueue getMailQueue() {
        return queue;
    }

    @Override
    public ManageableMailQueue getManageableMailQueue() {
        return queue;
    }

    @Test
    @Override
    @Disabled("JAMES-2295: dead-locks")
    public void dequeueCanBeChainedBeforeAck() {
    }

    @Test
    @Override
    @Disabled("JAMES-2295: dead-locks")
    public void dequeueCouldBeInterleavingWithOutOfOrderAck() {
    }

    @Test
    @Override
    @Disabled("JAMES-2308: a flush can change the order")
    public void flushShouldPreserveBrowseOrder() {
    }

    @Test
    @Override
    @Disabled("JAMES-2312: a clear can leave a mail behind")
    public void clearShouldRemoveAllElements() {
    }

    @Test
    @Override
    @Disabled("JAMES-2544: dead-locks")
    public void concurrentEnqueueDequeueWithAckNackShouldNotFail() {
    }

    @Test
    @Override
    @Disabled("JAMES-2794: does not end")
    public void enQueueShouldAcceptMailWithDuplicatedNames() {
    }

    @Test
    @Override
    @Disabled("JAMES-3687: delayed mails are removed too late")
    public void delayedEmailsShouldBeDeleted() {
    }

    @Test
    @Override
    @Disabled("JAMES-3687: delayed mails are removed too late")
    public void delayedEmailsShouldBeDeletedWhenMixedWithOtherEmails() {
    }
}
