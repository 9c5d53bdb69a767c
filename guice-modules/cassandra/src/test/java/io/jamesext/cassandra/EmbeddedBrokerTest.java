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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.apache.james.core.builder.MimeMessageBuilder;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import reactor.core.publisher.Flux;

class EmbeddedBrokerTest {
    private static final int MORE_THAN_SIX = 8;

    @TempDir
    Path folder;

    @Test
    void mailShouldOutliveTheBrokerWithItsContent() throws Exception {
        EmbeddedBroker first = new EmbeddedBroker(EmbeddedQueueTest.files(folder));
        EmbeddedQueueTest.queue(first, "spool").enQueue(mail("m1"));
        first.stop();

        EmbeddedBroker second = new EmbeddedBroker(EmbeddedQueueTest.files(folder));
        MailQueueItem item = next(EmbeddedQueueTest.queue(second, "spool"));
        assertThat(item.getMail().getMessage().getSubject()).isEqualTo("m1");
        item.done(CompletionStatus.SUCCESS);
        assertThat(contents()).isEmpty();
        second.stop();
    }

    @Test
    void mailThatFailsAgainAndAgainShouldStayInTheQueue() throws Exception {
        EmbeddedBroker broker = new EmbeddedBroker(EmbeddedQueueTest.files(folder));
        ManageableMailQueue queue = EmbeddedQueueTest.queue(broker, "spool");
        queue.enQueue(mail("m1"));
        for (int i = 0; i < MORE_THAN_SIX; i++) {
            next(queue).done(CompletionStatus.RETRY);
        }
        assertThat(queue.getSize()).isEqualTo(1);
        broker.stop();
    }

    @Test
    void aSecondBrokerShouldNotTakeTheQueuesOfARunningOne() throws Exception {
        EmbeddedBroker first = new EmbeddedBroker(EmbeddedQueueTest.files(folder));
        assertThatThrownBy(() -> new EmbeddedBroker(EmbeddedQueueTest.files(folder))).isInstanceOf(IOException.class);
        first.stop();
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("var/store/activemq/contents"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static MailQueueItem next(ManageableMailQueue queue) {
        return Flux.from(queue.deQueue()).blockFirst(Duration.ofSeconds(60));
    }

    private static MailImpl mail(String name) throws Exception {
        return MailImpl.builder().name(name).sender("sender@example.com").addRecipient("alice@example.org")
            .mimeMessage(MimeMessageBuilder.mimeMessageBuilder().setSubject(name).setText("text")).build();
    }
}
