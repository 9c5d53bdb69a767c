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

const PAGE = 50

/**
 * The client's side of a folder: an array as long as the server's view, with fields only where somebody looks. XIMSS, "Mailbox
 * Operations": it changes only when the server says so, and indexes mean the same on both sides after each answer.
 */
export class FolderView {
    #rows = []
    #unseen = 0
    #shown = PAGE
    #options

    /** options: folder, its name; sortField and sortOrder; fields; request; onChange, given this. */
    constructor(options) {
        this.#options = options
    }

    /** What is to be shown, as folderReport elements. */
    get rows() {
        return this.#rows.slice(0, this.#shown).filter(row => row)
    }

    get unseen() {
        return this.#unseen
    }

    get hasMore() {
        return this.#rows.length > this.#shown
    }

    /** Opens a mailbox and asks for its first page. It is made where there is none and mailboxClass is given. */
    async open(mailbox, mailboxClass) {
        const { folder, sortField, sortOrder, fields } = this.#options
        this.#shown = PAGE
        await this.#ask(xml('folderOpen', { folder, mailbox, mailboxClass, sortField, sortOrder }, ...fields.map(field => xml('field', {}, field))))
        await this.#fill()
    }

    /** Takes over what has changed. */
    async sync() {
        await this.#ask(xml('folderSync', { folder: this.#options.folder }))
        await this.#fill()
    }

    /** Another page. */
    async more() {
        this.#shown += PAGE
        await this.#fill()
    }

    #ask(element) {
        return this.#options.request(element, report => this.#apply(report))
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

    async #fill() {
        const wanted = Math.min(this.#shown, this.#rows.length)
        const missing = [...Array(wanted).keys()].filter(index => !this.#rows[index])
        if (missing.length) {
            await this.#ask(xml('folderBrowse', { folder: this.#options.folder }, ...missing.map(index => xml('index', {}, String(index)))))
        }
        this.#options.onChange(this)
    }
}
