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
import { xml } from './ximss.js'

// The client's view of a folder: as long as the server's, with fields only where they were asked for. XIMSS, "Mailbox Operations".

const PAGE = 50
const FIELDS = ['FLAGS', 'From', 'Subject', 'INTERNALDATE']

/** The list of messages, newest first, kept as the server has it. */
export class MessageList {
    #rows = []
    #shown = PAGE
    #page
    #table
    #more

    /** page: folder, its name; request; onOpen, given the UID of the message that was chosen; onUnseen, given a number. */
    constructor(table, more, page) {
        this.#table = table
        this.#more = more
        this.#page = page
        more.addEventListener('click', async () => {
            this.#shown += PAGE
            await this.#fill()
        })
    }

    /** Opens a mailbox and shows its first messages. */
    async open(mailbox) {
        this.#shown = PAGE
        await this.#page.request(xml('folderOpen', { folder: this.#page.folder, mailbox, sortField: 'INTERNALDATE', sortOrder: 'desc' },
            ...FIELDS.map(field => xml('field', {}, field))), report => this.#apply(report))
        await this.#fill()
    }

    /** Takes over what has changed. */
    async sync() {
        await this.#page.request(xml('folderSync', { folder: this.#page.folder }), report => this.#apply(report))
        await this.#fill()
    }

    #apply(report) {
        const index = Number(report.getAttribute('index'))
        switch (report.getAttribute('mode')) {
        case 'init':
            this.#rows = new Array(Number(report.getAttribute('messages')))
            break
        case 'removed':
            this.#rows.splice(index, 1)
            break
        case 'added':
            this.#rows.splice(index, 0, report)
            break
        default:
            this.#rows[index] = report
        }
        if (report.hasAttribute('unseen')) {
            this.#unseen = Number(report.getAttribute('unseen'))
        }
    }

    #unseen = 0

    /** Asks for what is to be seen and not there yet, and shows it. */
    async #fill() {
        const wanted = Math.min(this.#shown, this.#rows.length)
        const missing = [...Array(wanted).keys()].filter(index => !this.#rows[index])
        if (missing.length) {
            await this.#page.request(xml('folderBrowse', { folder: this.#page.folder }, ...missing.map(index => xml('index', {}, String(index)))),
                report => this.#apply(report))
        }
        this.#table.replaceChildren(...this.#rows.slice(0, wanted).filter(row => row).map(row => this.#row(row)))
        this.#more.hidden = wanted === this.#rows.length
        this.#page.onUnseen(this.#unseen)
    }

    #row(report) {
        const field = name => report.querySelector(`:scope > ${name}`)
        const flags = (field('FLAGS')?.textContent ?? '').split(',')
        const row = document.createElement('tr')
        row.className = flags.map(flag => `is-${flag}`).join(' ')
        row.tabIndex = 0
        const choose = () => this.#page.onOpen(report.getAttribute('UID'))
        row.addEventListener('click', choose)
        row.addEventListener('keydown', event => event.key === 'Enter' && choose())
        const date = (field('INTERNALDATE')?.getAttribute('localTime') ?? '').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d).*/, '$1-$2-$3 $4:$5')
        for (const value of [field('From')?.textContent ?? '', field('Subject')?.textContent ?? '', date]) {
            row.insertCell().textContent = value
        }
        return row
    }
}
