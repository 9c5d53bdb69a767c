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

import org.apache.james.blob.api.BucketName;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.vault.metadata.CassandraDeletedMessageMetadataVault;
import org.apache.james.vault.metadata.DeletedMessageMetadataVault;
import org.apache.james.vault.metadata.DeletedMessageWithStorageInformation;
import org.apache.james.vault.metadata.StorageInformation;
import org.reactivestreams.Publisher;

import com.google.inject.Inject;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * James's own, whose answers go on in a thread of ours: James's vault reads the blob of a message where the answer arrives and waits for
 * it, which in a thread of the driver would wait for itself.
 */
final class VaultMetadata implements DeletedMessageMetadataVault {
    private final DeletedMessageMetadataVault cassandra;

    @Inject
    VaultMetadata(CassandraDeletedMessageMetadataVault cassandra) {
        this.cassandra = cassandra;
    }

    @Override
    public Publisher<Void> store(DeletedMessageWithStorageInformation message) {
        return cassandra.store(message);
    }

    @Override
    public Publisher<Void> removeMetadataRelatedToBucket(BucketName bucket) {
        return cassandra.removeMetadataRelatedToBucket(bucket);
    }

    @Override
    public Publisher<Void> remove(BucketName bucket, Username user, MessageId message) {
        return cassandra.remove(bucket, user, message);
    }

    @Override
    public Publisher<StorageInformation> retrieveStorageInformation(Username user, MessageId message) {
        return Mono.from(cassandra.retrieveStorageInformation(user, message)).publishOn(Schedulers.boundedElastic());
    }

    @Override
    public Publisher<DeletedMessageWithStorageInformation> listMessages(BucketName bucket, Username user) {
        return Flux.from(cassandra.listMessages(bucket, user)).publishOn(Schedulers.boundedElastic());
    }

    @Override
    public Publisher<BucketName> listRelatedBuckets() {
        return Flux.from(cassandra.listRelatedBuckets()).publishOn(Schedulers.boundedElastic());
    }
}
