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
package io.jamesext.agap.tag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import javax.mail.Flags;

import org.junit.jupiter.api.Test;

class TagsTest {
    private static final String VALUE = "abzABZ019-_.";

    private static Tag random(Random random) {
        String[] names = {"SEEN", "ANSWERED", "SPAM", "FLAG", "A", "A-B", "0", "X".repeat(32)};
        StringBuilder value = new StringBuilder();
        for (int length = random.nextInt(33); length > 0; length--) {
            value.append(VALUE.charAt(random.nextInt(VALUE.length())));
        }
        return new Tag(names[random.nextInt(names.length)], random.nextBoolean() ? Optional.empty() : Optional.of(value.toString()));
    }

    private static Map<String, Tag> someTags(Random random) {
        TreeMap<String, Tag> tags = new TreeMap<>();
        for (int number = random.nextInt(6); number > 0; number--) {
            Tag tag = random(random);
            tags.put(tag.name(), tag);
        }
        return tags;
    }

    @Test
    void tagsShouldComeBackFromFlagsWhateverWasThereBefore() {
        long seed = 210;
        Random random = new Random(seed);
        Flags flags = new Flags(Flags.Flag.FLAGGED);
        flags.add("$Forwarded");
        for (int i = 0; i < 5_000; i++) {
            Map<String, Tag> wanted = someTags(random);
            Tags.Change change = Tags.change(flags, wanted);
            flags.remove(change.remove());
            flags.add(change.add());

            assertThat(Tags.of(flags)).as("seed %d", seed).isEqualTo(wanted);
            assertThat(flags.contains(Flags.Flag.FLAGGED) && flags.contains("$Forwarded")).isTrue();
            Tags.Change nothing = Tags.change(flags, wanted);
            assertThat(nothing.remove()).isEqualTo(new Flags());
            assertThat(nothing.add()).isEqualTo(new Flags());
        }
    }

    @Test
    void valuesThatDifferInCaseShouldBeDifferentFlags() {
        long seed = 211;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Tag one = random(random);
            Tag other = random.nextBoolean()
                ? random(random)
                : new Tag(one.name(), one.value()
                    .map(value -> random.nextBoolean() ? value.toLowerCase(Locale.ROOT) : value.toUpperCase(Locale.ROOT)));
            assertThat(Tags.flags(one).equals(Tags.flags(other))).as("seed %d: %s %s", seed, one, other).isEqualTo(one.equals(other));
        }
    }

    @Test
    void keywordsThatNobodyOfUsWroteShouldBeHarmless() {
        Flags flags = new Flags();
        for (String keyword : new String[] {"=", "a=b=c", "ORPHAN=x", "SEEN", "NEW", "FLAG", "FLAG=^", "FLAG=^^a", "ümlaut", "$Label1",
            "y".repeat(40)}) {
            flags.add(keyword);
        }

        assertThat(Tags.of(flags)).containsExactly(Map.entry("FLAG", new Tag("FLAG", Optional.empty())));
    }

    @Test
    void tagsShouldBeReadAsTheDraftSays() {
        assertThat(Tag.parse("flag=Red")).contains(new Tag("FLAG", Optional.of("Red")));
        assertThat(Tag.parse("FLAG=")).contains(new Tag("FLAG", Optional.of("")));
        assertThat(Tag.parse("FLAG=" + "x".repeat(33))).isEmpty();
        assertThat(Tag.parse("")).isEmpty();
        assertThat(Tag.parse("=x")).isEmpty();
    }
}
