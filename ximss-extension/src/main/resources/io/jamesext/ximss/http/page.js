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
// What the parts of the page share.

export const $ = id => document.getElementById(id)

/** An element of the page: functions are listeners, and attributes that are null are left out. Texts stay texts. */
export function html(name, attributes = {}, ...children) {
    const element = document.createElement(name)
    Object.entries(attributes).forEach(([key, value]) => {
        if (typeof value === 'function') {
            element.addEventListener(key, value)
        } else if (value !== null) {
            element.setAttribute(key, value)
        }
    })
    element.append(...children)
    return element
}

/** A listener that says why it failed where the user looks. */
export function attempt(action, place = 'status') {
    return async event => {
        event?.preventDefault?.()
        $(place).textContent = ''
        try {
            await action(event)
        } catch (error) {
            $(place).textContent = error.message
        }
    }
}

/** The text of a child element, or an empty one. */
export const text = (element, name) => element.querySelector(`:scope > ${name}`)?.textContent ?? ''

/** A date in the user's time zone. */
export const date = field => (field?.getAttribute('localTime') ?? field?.textContent ?? '')
    .replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d).*/, '$1-$2-$3 $4:$5')
