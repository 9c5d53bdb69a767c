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

package io.jamesext.kernel.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import javax.mail.Flags;

import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.junit.jupiter.api.Test;

import io.jamesext.kernel.mailbox.PermanentFlags;

class FlagChangeTest {
    private static final PermanentFlags ALL = new PermanentFlags(true, true, true);

    private static Flags flags(String... names) {
        Flags flags = new Flags();
        Stream.of(names).forEach(name -> {
            switch (name) {
                case "seen" -> flags.add(Flags.Flag.SEEN);
                case "deleted" -> flags.add(Flags.Flag.DELETED);
                case "flagged" -> flags.add(Flags.Flag.FLAGGED);
                case "recent" -> flags.add(Flags.Flag.RECENT);
                default -> flags.add(name);
            }
        });
        return flags;
    }

    @Test
    void replaceShouldKeepRecent() {
        assertThat(new FlagChange(FlagsUpdateMode.REPLACE, flags("seen"), ALL).buildNewFlags(flags("recent", "flagged", "k")))
            .isEqualTo(flags("recent", "seen"));
    }

    @Test
    void flagsWithoutARightShouldStay() {
        PermanentFlags seenOnly = new PermanentFlags(true, false, false);
        assertThat(new FlagChange(FlagsUpdateMode.REPLACE, flags("flagged"), seenOnly).buildNewFlags(flags("seen", "deleted", "k")))
            .isEqualTo(flags("deleted", "k"));
        assertThat(new FlagChange(FlagsUpdateMode.ADD, flags("seen", "deleted", "k"), seenOnly).buildNewFlags(flags()))
            .isEqualTo(flags("seen"));
        assertThat(new FlagChange(FlagsUpdateMode.REMOVE, flags("seen", "deleted"), seenOnly).buildNewFlags(flags("seen", "deleted")))
            .isEqualTo(flags("deleted"));
    }

    @Test
    void changedFlagsThatAreNamedShouldStopTheChange() {
        FlagChange add = new FlagChange(FlagsUpdateMode.ADD, flags("$Submitted"), ALL).expecting(flags());
        assertThat(add.buildNewFlags(flags("$Submitted", "seen"))).isEqualTo(flags("$Submitted", "seen"));
        assertThat(add.appliesTo(flags("$Submitted"))).isFalse();
        assertThat(add.buildNewFlags(flags("flagged"))).isEqualTo(flags("$Submitted", "flagged"));
        FlagChange replace = new FlagChange(FlagsUpdateMode.REPLACE, flags("seen"), ALL).expecting(flags("flagged"));
        assertThat(replace.appliesTo(flags("flagged", "recent"))).isTrue();
        assertThat(replace.appliesTo(flags("flagged", "k"))).isFalse();
    }

    @Test
    void systemFlagsShouldAlwaysExist() {
        assertThat(new FlagChange(FlagsUpdateMode.ADD, flags("seen"), ALL).existsIn(flags())).isTrue();
        assertThat(new FlagChange(FlagsUpdateMode.REPLACE, flags("k"), ALL).existsIn(flags())).isTrue();
        assertThat(new FlagChange(FlagsUpdateMode.ADD, flags("k"), ALL).existsIn(flags())).isFalse();
        assertThat(new FlagChange(FlagsUpdateMode.ADD, flags("k"), ALL).existsIn(flags("K"))).isTrue();
    }
}
