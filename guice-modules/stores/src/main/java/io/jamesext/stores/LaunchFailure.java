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

package io.jamesext.stores;

/** Why a program or a store could not be started or used, in words for the person at the terminal, with what they can do about it. */
public final class LaunchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String mend;

    public LaunchFailure(String cause, String mend) {
        super(cause);
        this.mend = mend;
    }

    public LaunchFailure(String cause, String mend, Throwable reason) {
        super(cause, reason);
        this.mend = mend;
    }

    /** The next step: a command to type, a file to look at. */
    public String mend() {
        return mend;
    }

    /** Both, as a failed test shows them. */
    @Override
    public String toString() {
        return getMessage() + System.lineSeparator() + mend;
    }
}
