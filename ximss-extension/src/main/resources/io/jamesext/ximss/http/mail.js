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
// A small mail client. Whatever comes from mail is put into the page as text, or into a frame where nothing runs and nothing is loaded.
import { $, attempt, date, html, text } from './page.js'
import { contactList } from './contacts.js'
import { messageList } from './list.js'
import { Ximss, xml } from './ximss.js'

const FOLDER = 'open'
const LIMIT = 1 << 20

let session
let urlID
let self
let mailbox
let forwarded

const request = (element, onData) => session.request(element, onData)

const list = messageList(FOLDER, request, {
    onOpen: uid => attempt(() => read(uid))(),
    onUnseen: showTitle
})

const contacts = contactList(request, address => {
    $('people').close()
    compose({ values: { to: address } })
})

$('login').addEventListener('submit', attempt(async () => {
    const form = new FormData($('login'))
    session?.close()
    const opening = session = new Ximss(news, () => {
        if (session === opening && urlID) {
            $('status').textContent = 'The session has ended. Load the page again to log in.'
        }
    })
    const [created] = await request(xml('login', { authData: form.get('user'), password: form.get('password') }))
    urlID = created.getAttribute('urlID')
    self = created.getAttribute('userName')
    $('login').reset()
    $('login').hidden = true
    $('app').hidden = false
    $('user').textContent = self
    // The server ends a session that is silent for ten minutes.
    setInterval(() => request(xml('noop')).catch(() => { /* It is said where the session has ended. */ }), 240_000)
    await open('INBOX')
    await contacts.open()
}))

function news(message) {
    if (message.localName !== 'folderReport') {
        return
    }
    attempt(async () => {
        if (!await contacts.heard(message.getAttribute('folder')) && mailbox) {
            await list.sync()
        }
        await showMailboxes()
    })()
}

async function showMailboxes() {
    const found = await request(xml('mailboxList', { filter: '*' }))
    $('mailboxes').replaceChildren(...found.map(entry => {
        const name = entry.getAttribute('mailbox')
        const unseen = Number(entry.getAttribute('UNSEEN') ?? 0)
        return html('button', { 'click': attempt(() => open(name)), 'aria-current': name === mailbox ? 'true' : null,
            'disabled': entry.getAttribute('pureFolder') ? '' : null }, unseen ? `${name} (${unseen})` : name)
    }))
}

async function open(name) {
    if (mailbox) {
        mailbox = undefined
        await request(xml('folderClose', { folder: FOLDER }))
    }
    await list.open(name)
    mailbox = name
    showTitle(list.unseen)
    $('message').replaceChildren()
    await showMailboxes()
}

function showTitle(unseen) {
    document.title = mailbox ? `${unseen ? `(${unseen}) ` : ''}${mailbox} - Mail` : 'Mail'
}

async function read(uid) {
    const [message] = await request(xml('folderRead', { folder: FOLDER, UID: uid, totalSizeLimit: LIMIT }))
    const email = message.querySelector(':scope > EMail')
    const one = xml('messageMark', { folder: FOLDER, flags: 'Seen' }, xml('UID', {}, uid))
    $('message').replaceChildren(
        html('h2', {}, text(email, 'Subject') || '(no subject)'),
        html('menu', {},
            html('button', { click: attempt(() => reply(uid, 'replyFrom')) }, 'Reply'),
            html('button', { click: attempt(() => reply(uid, 'replyAll')) }, 'Reply all'),
            html('button', { click: attempt(() => forward(uid, text(email, 'Subject'))) }, 'Forward'),
            html('button', { click: attempt(() => remove(uid)) }, 'Delete')),
        ...headers(email),
        ...parts(email, uid))
    await request(one).catch(() => { /* A mailbox of another user may be for reading only. */ })
}

function headers(email) {
    return ['From', 'To', 'Cc', 'Date'].flatMap(name => {
        const values = [...email.querySelectorAll(`:scope > ${name}`)].map(field => {
            const real = field.getAttribute('realName')
            return name === 'Date' ? date(field) : real ? `${real} <${field.textContent}>` : field.textContent
        })
        return values.length ? [html('p', { class: 'field' }, html('b', {}, `${name}: `), values.join(', '))] : []
    })
}

/** What is in a message or in a multipart. */
function parts(within, uid) {
    return [...within.querySelectorAll(':scope > MIME')].flatMap(part => show(part, uid))
}

function show(part, uid) {
    const kind = `${part.getAttribute('type')}/${part.getAttribute('subtype')}`.toLowerCase()
    const isAttachment = part.getAttribute('disposition') === 'attachment' || !part.firstChild
    if (kind === 'multipart/alternative') {
        const known = [...part.querySelectorAll(':scope > MIME')].filter(each => /^(text|multipart)$/i.test(each.getAttribute('type')))
        return known.length ? show(known[known.length - 1], uid) : []
    }
    if (kind.startsWith('multipart/')) {
        return parts(part, uid)
    }
    if (kind === 'message/rfc822' && part.querySelector(':scope > EMail')) {
        const email = part.querySelector(':scope > EMail')
        return [html('blockquote', {}, html('h3', {}, text(email, 'Subject')), ...headers(email), ...parts(email, uid))]
    }
    if (kind === 'text/html' && !isAttachment) {
        // The frame inherits the page's content security policy, and sandbox lets no script run.
        return [html('iframe', { sandbox: '', srcdoc: quiet(part.textContent), title: 'Text of the message' })]
    }
    if (kind.startsWith('text/') && !isAttachment) {
        return [html('pre', {}, part.textContent)]
    }
    return [attachment(part, uid, kind)]
}

/** Browsers connect to what link and iframe elements name before the policy forbids it, and who wrote the mail would know that it is read. */
function quiet(source) {
    const page = new DOMParser().parseFromString(source, 'text/html')
    page.querySelectorAll('link, meta, base, iframe, frame, object, embed').forEach(element => element.remove())
    return page.documentElement.outerHTML
}

function attachment(part, uid, kind) {
    const name = part.getAttribute('Disposition-filename') ?? part.getAttribute('Type-name') ?? kind
    const id = part.getAttribute('partID')
    const address = `Session/${encodeURIComponent(urlID)}/MIME/${FOLDER}/${uid}${id ? `-${id}` : ''}.bin`
    return html('p', { class: 'attachment' }, html('a', { href: address, download: name }, name), ` ${part.getAttribute('estimatedSize') ?? '?'} bytes`)
}

async function remove(uid) {
    await request(xml('messageRemove', { folder: FOLDER }, xml('UID', {}, uid)))
    $('message').replaceChildren()
}

function compose(fields) {
    $('mail').reset()
    $('problem').textContent = ''
    forwarded = fields.forwarded
    $('forwarded').textContent = forwarded ? 'The message is attached.' : ''
    Object.entries({ to: '', cc: '', subject: '', text: '', ...fields.values }).forEach(([name, value]) => { $('mail').elements[name].value = value })
    $('composer').showModal()
}

async function reply(uid, mode) {
    const [message] = await request(xml('folderRead', { folder: FOLDER, UID: uid, mode }))
    const email = message.querySelector('EMail')
    const people = name => [...email.querySelectorAll(`:scope > ${name}`)].map(field => field.textContent).join(', ')
    compose({ values: { to: people('To'), cc: people('Cc'), subject: text(email, 'Subject'), text: text(email, 'MIME') } })
}

function forward(uid, subject) {
    compose({ forwarded: uid, values: { subject: `Fwd: ${subject}` } })
}

/** Names in quotes may have commas. */
function addresses(name, value) {
    return (value.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []).map(each => each.trim()).filter(each => each).map(each => {
        const named = each.match(/^"?(.*?)"?\s*<([^<>]*)>$/)
        return named ? xml(name, { realName: named[1].replace(/\\(.)/g, '$1') || undefined }, named[2]) : xml(name, {}, each)
    })
}

$('mail').addEventListener('submit', attempt(async () => {
    const form = new FormData($('mail'))
    const files = form.getAll('files').filter(file => file.name)
    for (const [index, file] of files.entries()) {
        $('problem').textContent = `Uploading ${file.name} (${index + 1} of ${files.length})`
        await upload(`file${index}`, file)
    }
    $('problem').textContent = 'Sending'
    const words = xml('MIME', { type: 'text', subtype: 'plain' }, form.get('text').replace(/\r\n/g, '\n'))
    const more = files.map((file, index) => xml('MIME', { uploadID: `file${index}` }))
    if (forwarded) {
        // The server copies it: nothing is downloaded.
        more.push(xml('copyMIME', { folder: FOLDER, UID: forwarded }))
    }
    await request(xml('messageSubmit', { targetMailbox: 'Sent', mailboxClass: '', flags: 'Seen' }, xml('EMail', {},
        xml('From', {}, self), ...addresses('To', form.get('to')), ...addresses('Cc', form.get('cc')),
        xml('Subject', {}, form.get('subject')),
        more.length ? xml('MIME', { type: 'multipart', subtype: 'mixed' }, words, ...more) : words)))
    await request(xml('clearUploaded'))
    $('composer').close()
    await showMailboxes()
}, 'problem'))

async function upload(id, file) {
    const response = await fetch(`Session/${encodeURIComponent(urlID)}/UPLOAD/${id}?fileName=${encodeURIComponent(file.name)}`,
        { method: 'PUT', body: file, headers: { 'Content-Type': file.type || 'application/octet-stream' } })
    if (!response.ok) {
        throw new Error(`${file.name}: ${await response.text()}`)
    }
}

$('compose').addEventListener('click', () => compose({}))
$('contacts').addEventListener('click', () => $('people').showModal())
$('closePeople').addEventListener('click', () => $('people').close())
$('discard').addEventListener('click', () => $('composer').close())
$('logout').addEventListener('click', attempt(async () => {
    await request(xml('bye'))
    location.reload()
}))
