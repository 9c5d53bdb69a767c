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

package io.jamesext.lemonade.smtp.relay;

import java.lang.reflect.Field;

import javax.mail.MessagingException;

import org.apache.james.transport.mailets.RemoteDelivery;
import org.apache.james.transport.mailets.remote.delivery.DeliveryRunnable;
import org.apache.james.transport.mailets.remote.delivery.MailDelivrer;

/**
 * Puts a delivery of ours into the chain that James's RemoteDelivery has built. James has no way to do so: the fields are private, and the
 * constructors that take them cannot be called from the class loader of an extension.
 */
final class DeliveryChain {
    private DeliveryChain() {
    }

    /**
     * Replaces what delivers a mail; to be called before the threads start.
     *
     * @throws MessagingException where James is another one than we know
     */
    static DeliveryRunnable replace(RemoteDelivery mailet, MailDelivrer delivery) throws MessagingException {
        try {
            Field runnable = RemoteDelivery.class.getDeclaredField("deliveryRunnable");
            runnable.setAccessible(true);
            Field delivrer = DeliveryRunnable.class.getDeclaredField("mailDelivrer");
            delivrer.setAccessible(true);
            DeliveryRunnable chain = (DeliveryRunnable) runnable.get(mailet);
            delivrer.set(chain, delivery);
            return chain;
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new MessagingException("This is not James 3.8: its RemoteDelivery is built otherwise", e);
        }
    }
}
