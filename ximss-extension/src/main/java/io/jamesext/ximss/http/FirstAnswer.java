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
package io.jamesext.ximss.http;

import io.netty.buffer.ByteBuf;

/** The answer to a session's first POST: what it was for is settled before the client can know of it. */
record FirstAnswer(Outlet outlet, Runnable settle) implements Outlet {
    @Override
    public void write(ByteBuf octets) {
        outlet.write(octets);
    }

    @Override
    public boolean isReady() {
        return outlet.isReady();
    }

    @Override
    public void onReady(Runnable ready) {
        outlet.onReady(ready);
    }

    @Override
    public void end() {
        settle.run();
        outlet.end();
    }

    @Override
    public void gone() {
        outlet.gone();
    }

    @Override
    public void drop() {
        outlet.drop();
    }
}
