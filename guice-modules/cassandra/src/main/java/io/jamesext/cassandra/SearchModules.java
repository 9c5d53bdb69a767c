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

import org.apache.james.mailbox.extractor.TextExtractor;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailbox.store.search.ListeningMessageSearchIndex;
import org.apache.james.mailbox.store.search.MessageSearchIndex;

import com.google.inject.Module;
import com.google.inject.Singleton;

import io.jamesext.opensearch.OpenSearchModule;

/** The module for each choice of a search index. */
final class SearchModules {
    private SearchModules() {
    }

    static Module of(Choices.Search search) {
        return switch (search) {
            case OPENSEARCH -> new OpenSearchModule();
            case SCANNING -> scanning();
        };
    }

    private static Module scanning() {
        return binder -> {
            binder.bind(ScanningIndex.class).in(Singleton.class);
            binder.bind(MessageSearchIndex.class).to(ScanningIndex.class);
            binder.bind(ListeningMessageSearchIndex.class).to(ScanningIndex.class);
            binder.bind(TextExtractor.class).to(DefaultTextExtractor.class).in(Singleton.class);
        };
    }
}
