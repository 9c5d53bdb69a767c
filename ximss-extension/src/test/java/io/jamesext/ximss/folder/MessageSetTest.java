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
package io.jamesext.ximss.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;
import org.junit.jupiter.api.Test;

import com.google.common.collect.ImmutableSet;

import io.jamesext.kernel.failure.ProtocolException;
import io.jamesext.ximss.mail.MessageFlags;
import io.jamesext.ximss.xml.Element;

class MessageSetTest {
    private final FolderView view = new FolderView(true, LongStream.rangeClosed(11, 20)
        .mapToObj(uid -> new FolderView.Item(uid, SortKey.of(0), new MessageFlags(ImmutableSet.of()))).toList());

    private static MessageSet set(Element... members) {
        return MessageSet.parse(Element.of("x", Map.of(), List.of(members)));
    }

    private static Element range(String name, String from, String till) {
        return Element.of(name, Map.of("from", from, "till", till), List.of());
    }

    @Test
    void indexesShouldKeepTheOrderOfTheRequestAndBeCutToTheView() {
        assertThat(set(range("index", "8", "10000"), Element.text("index", "0"), Element.text("index", "9")).indexes(view))
            .containsExactly(8, 9, 0);
        assertThat(set(range("index", "5", "4")).indexes(view)).isEmpty();
    }

    @Test
    void indexesShouldMeanTheViewsMessages() {
        // The view is descending: index 0 is UID 20.
        assertThat(set(range("index", "0", "1")).messages(view))
            .containsExactly(MessageRange.range(MessageUid.of(19), MessageUid.of(20)));
    }

    @Test
    void uidsShouldMeanTheMailboxsMessages() {
        assertThat(set(range("UID", "5", "9"), Element.text("UID", "10"), Element.text("UID", "0"),
                range("UID", "4294967295", "999999999999999999")).messages(view))
            .containsExactly(MessageRange.range(MessageUid.of(5), MessageUid.of(10)),
                MessageRange.range(MessageUid.of(4294967295L), MessageUid.of(4294967295L)));
    }

    @Test
    void overlappingRangesShouldBeRefusedBeforeTheyAreCountedOut() {
        List<Element> many = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            many.add(range("index", "0", "9"));
        }
        assertThatThrownBy(() -> set(many.toArray(new Element[0])).indexes(view)).isInstanceOf(ProtocolException.class);
    }
}
