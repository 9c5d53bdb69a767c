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
import { $, attempt, html, text } from './page.js'
import { xml } from './ximss.js'
import { FolderView } from './view.js'

const FOLDER = 'contacts'
const MAILBOX = 'Contacts'

/** The user's contacts, which are messages: Subject is the name, To the addresses. onChoose is given an address with its name. */
export function contactList(request, onChoose) {
    const view = new FolderView({
        folder: FOLDER,
        sortField: 'Subject',
        fields: ['Subject', 'E-To'],
        request,
        onChange: () => {
            const cards = view.rows.map(report => ({ uid: report.getAttribute('UID'), name: text(report, 'Subject'),
                addresses: text(report, 'E-To').split(',').map(address => address.trim()).filter(address => address) }))
            $('cards').replaceChildren(...cards.map(card => item(card)))
            $('known').replaceChildren(...cards.flatMap(card => card.addresses.map(address => html('option', { value: mailbox(card, address) }))))
            $('moreCards').hidden = !view.hasMore
        }
    })

    const mailbox = (card, address) => `"${card.name.replace(/["\\]/g, '\\$&')}" <${address}>`

    const item = card => html('li', {},
        ...card.addresses.map(address => html('button', { type: 'button', click: () => onChoose(mailbox(card, address)) }, `${card.name} <${address}>`)),
        card.addresses.length ? '' : card.name,
        html('button', { 'type': 'button', 'aria-label': `Remove ${card.name}`, 'click': attempt(() => remove(card.uid), 'peopleProblem') }, '\u00d7'))

    const remove = uid => request(xml('messageRemove', { folder: FOLDER }, xml('UID', {}, uid)))

    $('moreCards').addEventListener('click', attempt(() => view.more(), 'peopleProblem'))
    $('card').addEventListener('submit', attempt(async () => {
        const form = new FormData($('card'))
        await request(xml('contactAppend', { folder: FOLDER }, xml('vCard', {},
            xml('FN', {}, xml('VALUE', {}, form.get('name'))), xml('EMAIL', {}, xml('VALUE', {}, form.get('address'))))))
        $('card').reset()
    }, 'peopleProblem'))

    return {
        open: () => view.open(MAILBOX, 'IPF.Contact'),
        /** Takes over what has changed, and is true, when the news were about this folder. */
        heard: async folder => {
            if (folder === FOLDER) {
                await view.sync()
            }
            return folder === FOLDER
        }
    }
}
