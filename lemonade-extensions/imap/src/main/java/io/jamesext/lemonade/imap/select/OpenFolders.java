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

package io.jamesext.lemonade.imap.select;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.apache.james.core.Username;
import org.apache.james.events.Registration;

import com.google.inject.Inject;

import io.jamesext.lemonade.imap.status.UntaggedStatus;

/** The mailboxes that clients of this process have selected, so that they can be told what James has no event for. */
public final class OpenFolders {
    private final Map<SelectedFolder, Username> open = new ConcurrentHashMap<>();

    /** None yet. */
    @Inject
    public OpenFolders() {
    }

    /** A folder that is open until this is unregistered, as it is with James's event bus. */
    Registration opened(SelectedFolder folder, Username user, Registration registration) {
        open.put(folder, user);
        return () -> {
            open.remove(folder);
            return registration.unregister();
        };
    }

    /** Tells the sessions of a user, each when it may be told. */
    public void tell(Username user, Predicate<SelectedFolder> concerned, UntaggedStatus notice) {
        open.forEach((folder, owner) -> {
            if (owner.equals(user) && concerned.test(folder)) {
                folder.news().add(notice);
            }
        });
    }
}
