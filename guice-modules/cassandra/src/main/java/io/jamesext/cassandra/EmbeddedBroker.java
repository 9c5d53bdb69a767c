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

import java.io.File;
import java.util.UUID;

import javax.annotation.PreDestroy;
import javax.jms.ConnectionFactory;

import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQPrefetchPolicy;
import org.apache.activemq.RedeliveryPolicy;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;
import org.apache.activemq.store.SharedFileLocker;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.store.kahadb.disk.journal.Journal.JournalDiskSyncStrategy;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.queue.activemq.FileSystemBlobTransferPolicy;

import com.google.inject.Inject;

/**
 * An ActiveMQ broker inside this process whose queues outlive a {@code kill -9}: envelopes are in a KahaDB journal, contents in files
 * beside it, and both are on the disk before a mail counts as accepted. It listens on no port and shows nothing by JMX.
 *
 * <p>James's own embedded broker opens a TCP port and moves a mail that could not be processed six times to a queue that nobody reads.
 */
final class EmbeddedBroker {
    private static final String DIRECTORY = "file://var/store/activemq";
    private static final int BLOB_DIRECTORIES = 10;

    private final BrokerService broker;
    private final ConnectionFactory connections;

    @Inject
    EmbeddedBroker(FileSystem fileSystem) throws Exception {
        // The name is unique so that two servers can live in one JVM, as tests do.
        String name = "james-" + UUID.randomUUID();
        this.broker = start(name, fileSystem.getFile(DIRECTORY));
        this.connections = connections(name, fileSystem);
    }

    ConnectionFactory connections() {
        return connections;
    }

    /** Ends the broker; mails being processed are given out again by the next one. */
    @PreDestroy
    public void stop() throws Exception {
        broker.stop();
    }

    private static BrokerService start(String name, File directory) throws Exception {
        BrokerService broker = new BrokerService();
        broker.setBrokerName(name);
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        broker.setSchedulerSupport(false);
        broker.setAdvisorySupport(false);
        broker.setDataDirectoryFile(directory);
        broker.setPersistenceAdapter(journal(new File(directory, "journal")));
        // The queues' sizes in WebAdmin and in metrics come from this plug-in.
        broker.setPlugins(new BrokerPlugin[] {new StatisticsBrokerPlugin()});
        broker.start();
        return broker;
    }

    private static KahaDBPersistenceAdapter journal(File directory) throws Exception {
        KahaDBPersistenceAdapter journal = new KahaDBPersistenceAdapter();
        journal.setDirectory(directory);
        journal.setJournalDiskSyncStrategy(JournalDiskSyncStrategy.ALWAYS.name());
        SharedFileLocker locker = new SharedFileLocker();
        // A second James on the same directory ends with an error; the default is to wait for the first one without a word.
        locker.setFailIfLocked(true);
        journal.setLocker(locker);
        return journal;
    }

    private static ConnectionFactory connections(String name, FileSystem fileSystem) {
        ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://" + name + "?create=false");
        ActiveMQPrefetchPolicy prefetch = new ActiveMQPrefetchPolicy();
        prefetch.setAll(0);
        connections.setPrefetchPolicy(prefetch);
        RedeliveryPolicy redelivery = new RedeliveryPolicy();
        redelivery.setMaximumRedeliveries(RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
        connections.setRedeliveryPolicy(redelivery);
        FileSystemBlobTransferPolicy blobs = new FileSystemBlobTransferPolicy();
        blobs.setFileSystem(fileSystem);
        blobs.setDefaultUploadUrl(DIRECTORY + "/contents");
        blobs.setUploadStrategy(new SyncedBlobs(blobs, fileSystem, BLOB_DIRECTORIES));
        connections.setBlobTransferPolicy(blobs);
        return connections;
    }
}
