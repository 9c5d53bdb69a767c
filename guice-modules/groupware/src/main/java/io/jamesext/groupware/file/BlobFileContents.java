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
package io.jamesext.groupware.file;

import java.util.List;

import org.apache.james.blob.api.BlobId;
import org.apache.james.blob.api.BlobStoreDAO;
import org.apache.james.blob.api.BucketName;
import org.apache.james.blob.api.ObjectNotFoundException;

import io.jamesext.kernel.operation.Blocking;
import reactor.core.publisher.Mono;

/**
 * Pieces where James keeps the contents of messages (Cassandra, S3, encrypted or not), in a bucket of their own. Not through James's
 * deduplicating store: that one never deletes, and its collection of what nobody refers to any more does not know our references.
 */
final class BlobFileContents implements FileContents {
    private static final BucketName BUCKET = BucketName.of("jamesext-files");

    private final BlobStoreDAO blobs;

    /** On James's blobs. */
    BlobFileContents(BlobStoreDAO blobs) {
        this.blobs = blobs;
    }

    /** Random, not made of the content: so each piece has one owner, who may remove it. */
    private record Key(String asString) implements BlobId {
    }

    @Override
    public Mono<Void> save(String key, byte[] piece) {
        return Mono.defer(() -> Mono.from(blobs.save(BUCKET, new Key(key), piece)))
            .subscribeOn(Blocking.SCHEDULER).publishOn(Blocking.SCHEDULER);
    }

    @Override
    public Mono<byte[]> read(String key) {
        return Mono.defer(() -> Mono.from(blobs.readBytes(BUCKET, new Key(key))))
            .onErrorResume(ObjectNotFoundException.class, absent -> Mono.empty())
            .subscribeOn(Blocking.SCHEDULER).publishOn(Blocking.SCHEDULER);
    }

    @Override
    public Mono<Void> delete(List<String> keys) {
        return Mono.defer(() -> Mono.from(blobs.delete(BUCKET, keys.stream().<BlobId>map(Key::new).toList())))
            .subscribeOn(Blocking.SCHEDULER).publishOn(Blocking.SCHEDULER);
    }
}
