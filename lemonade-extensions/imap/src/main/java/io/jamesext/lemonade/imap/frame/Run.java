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

package io.jamesext.lemonade.imap.frame;

/** Tells a command that ends while it is sent on, whose successor is taken by the loop that sent it, from one that ends later. */
final class Run {
    private boolean sent;
    private boolean ended;

    /** Notes the end; answers whether it came before the command was sent, so that nothing more is to be done about it. */
    boolean endsAtOnce() {
        ended = !sent;
        return ended;
    }

    /** Notes that the command has been sent; answers whether it has ended with that. */
    boolean hasEnded() {
        sent = true;
        return ended;
    }
}
