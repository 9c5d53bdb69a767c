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
import { $, attempt, date, html, text } from './page.js'
import { FolderView } from './view.js'

/** The list of messages, newest first. onOpen is given the UID of the one that was chosen, onUnseen how many are unread. */
export function messageList(folder, request, { onOpen, onUnseen }) {
    const view = new FolderView({
        folder,
        sortField: 'INTERNALDATE',
        sortOrder: 'desc',
        fields: ['FLAGS', 'From', 'Subject', 'INTERNALDATE'],
        request,
        onChange: () => {
            $('rows').replaceChildren(...view.rows.map(report => row(report, onOpen)))
            $('more').hidden = !view.hasMore
            onUnseen(view.unseen)
        }
    })
    $('more').addEventListener('click', attempt(() => view.more()))
    return view
}

function row(report, onOpen) {
    const choose = () => onOpen(report.getAttribute('UID'))
    const marks = text(report, 'FLAGS').split(',').filter(flag => flag).map(flag => `is-${flag}`).join(' ')
    return html('tr', { class: marks, tabindex: '0', click: choose, keydown: event => event.key === 'Enter' && choose() },
        ...[text(report, 'From'), text(report, 'Subject'), date(report.querySelector(':scope > INTERNALDATE'))].map(value => html('td', {}, value)))
}
