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

import java.io.FileNotFoundException;
import java.time.Clock;

import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.blob.api.BlobId;
import org.apache.james.blob.api.BlobReferenceSource;
import org.apache.james.blob.api.BlobStore;
import org.apache.james.blob.api.BlobStoreDAO;
import org.apache.james.blob.api.BucketName;
import org.apache.james.blob.api.HashBlobId;
import org.apache.james.blob.api.MetricableBlobStore;
import org.apache.james.blob.cassandra.CassandraBlobModule;
import org.apache.james.blob.cassandra.CassandraBlobStoreDAO;
import org.apache.james.blob.cassandra.CassandraDefaultBucketDAO;
import org.apache.james.server.blob.deduplication.DeDuplicationBlobStore;
import org.apache.james.server.blob.deduplication.GenerationAwareBlobId;
import org.apache.james.utils.PropertiesProvider;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.name.Names;

/**
 * Contents of messages, attachments and mails on Cassandra, each content once. What nobody refers to any more goes away by WebAdmin's
 * {@code DELETE /blobs?scope=unreferenced}.
 */
final class BlobsModule extends AbstractModule {
    @Override
    protected void configure() {
        Schema.tables(binder(), CassandraBlobModule.MODULE);
        bind(CassandraDefaultBucketDAO.class).in(Singleton.class);
        bind(BlobStoreDAO.class).to(CassandraBlobStoreDAO.class).in(Singleton.class);
        bind(BucketName.class).annotatedWith(Names.named(BlobStore.DEFAULT_BUCKET_NAME_QUALIFIER)).toInstance(BucketName.DEFAULT);
        bind(BlobStore.class).annotatedWith(Names.named(MetricableBlobStore.BLOB_STORE_IMPLEMENTATION)).to(DeDuplicationBlobStore.class);
        bind(BlobStore.class).to(MetricableBlobStore.class).in(Singleton.class);
        bind(BlobId.Factory.class).to(GenerationAwareBlobId.Factory.class);
        Multibinder.newSetBinder(binder(), BlobReferenceSource.class);
    }

    @Provides
    @Singleton
    GenerationAwareBlobId.Factory blobIds(Clock clock, HashBlobId.Factory hashes, GenerationAwareBlobId.Configuration generations) {
        return new GenerationAwareBlobId.Factory(clock, hashes, generations);
    }

    @Provides
    @Singleton
    GenerationAwareBlobId.Configuration generations(PropertiesProvider files) throws ConfigurationException {
        try {
            return GenerationAwareBlobId.Configuration.parse(files.getConfigurations("blob", "blobstore"));
        } catch (FileNotFoundException absent) {
            return GenerationAwareBlobId.Configuration.DEFAULT;
        }
    }
}
