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
// A session of XIMSS over WebSocket: one message of text is one of XIMSS. The specification's terms, and no knowledge of mail.

// What XML 1.0 cannot hold: section 2.2.
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

/** An element with attributes, where those without a value are left out, and with children: elements or texts. */
export function xml(name, attributes = {}, ...children) {
    const element = document.implementation.createDocument('', name).documentElement
    for (const [key, value] of Object.entries(attributes)) {
        if (value !== undefined) {
            element.setAttribute(key, String(value).replace(IMPOSSIBLE, ''))
        }
    }
    element.append(...children.map(child => typeof child === 'string' ? child.replace(IMPOSSIBLE, '') : element.ownerDocument.adoptNode(child)))
    return element
}

/** A session, which is the connection's. */
export class Ximss {
    #socket
    #waiting = new Map()
    #ids = 0
    #opened

    /** onNews gets each message that no request asked for, onClosed nothing. */
    constructor(onNews, onClosed) {
        const address = new URL('XIMSS', document.baseURI)
        address.protocol = address.protocol.replace('http', 'ws')
        this.#socket = new WebSocket(address, 'ximss')
        this.#opened = new Promise((opened, failed) => {
            this.#socket.onopen = opened
            this.#socket.onerror = () => failed(new Error('The server cannot be reached.'))
        })
        this.#socket.onmessage = event => this.#receive(new DOMParser().parseFromString(event.data, 'text/xml').documentElement, onNews)
        this.#socket.onclose = () => {
            this.#waiting.forEach(request => request.failed(new Error('The connection to the server is lost.')))
            this.#waiting.clear()
            onClosed()
        }
    }

    /**
     * Sends a request. The promise gives the data messages once the response has come, and fails with the response's errorText.
     * Data messages come to onData one by one, in their order among all others.
     */
    async request(element, onData = () => { }) {
        await this.#opened
        const id = String(++this.#ids)
        element.setAttribute('id', id)
        return new Promise((answered, failed) => {
            if (this.#socket.readyState !== WebSocket.OPEN) {
                failed(new Error('The connection to the server is lost.'))
                return
            }
            this.#waiting.set(id, { answered, failed, onData, data: [] })
            this.#socket.send(new XMLSerializer().serializeToString(element))
        })
    }

    close() {
        this.#socket.close()
    }

    #receive(message, onNews) {
        const id = message.getAttribute('id')
        const request = this.#waiting.get(id)
        if (!request) {
            onNews(message)
        } else if (message.localName !== 'response') {
            request.data.push(message)
            request.onData(message)
        } else {
            this.#waiting.delete(id)
            const error = message.getAttribute('errorText')
            if (error) {
                request.failed(new Error(error))
            } else {
                request.answered(request.data)
            }
        }
    }
}
