import { readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Attachment, Task } from '@taskflow/shared/dto/task.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  addTask,
  expectRefused,
  expectSnapshotFollows,
  foundTeam,
  send,
  sqlAsOwner,
  type Team,
} from '../testing/boards.ts'
import type { Person } from '../testing/person.ts'
import { sweepFiles } from './sweeping.ts'

const test = suite('attachments')
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
let app: TestApp
let team: Team
let task: Task
let folder: string

test.before(async () => {
  app = await createTestApp()
  folder = join(app.dataDir, 'attachments')
  team = await foundTeam(app)
})
test.before.each(async () => {
  task = await addTask(team.owner, team.boardId, { title: 'Water the plants' })
})
test.after(() => app?.close())

const path = (query = '') => `/api/tasks/${task.id}/attachments${query}`

function upload(person: Person, content: Buffer | string, name: string, { query = '', headers = {} } = {}) {
  const sent = { authorization: `Bearer ${person.token}`, 'x-file-name': encodeURIComponent(name), ...headers }
  const body = new Uint8Array(Buffer.from(content))
  return fetch(app.url + path(query), { method: 'POST', headers: sent, body })
}

async function attach(person: Person, content: Buffer | string, name: string, more = {}): Promise<Attachment> {
  const answer = await upload(person, content, name, more)
  assert.equal(answer.status, 201, await answer.clone().text())
  return (await answer.json()) as Attachment
}

const incomingFiles = () => readdir(join(folder, 'incoming'))
const storedFiles = async () => (await readdir(join(folder, team.workspaceId))).length

test('are counted on the card and come back as they were, as downloads', async () => {
  let file: Attachment | undefined
  const [fact] = await expectSnapshotFollows(team.owner, team.boardId, async () => {
    file = await attach(team.member, '<script>alert(1)</script>', 'Grüße "1".html')
  })
  const data = fact!.data as { attachmentCount: number; attachments: Attachment[] }
  assert.deepEqual([data.attachmentCount, data.attachments], [1, [file]])
  assert.equal(file!.type, 'text/plain; charset=utf-8')
  const answer = await team.owner.fetch(`/api/attachments/${file!.id}`)
  assert.equal(await answer.text(), '<script>alert(1)</script>')
  assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8')
  assert.equal(
    answer.headers.get('content-disposition'),
    `attachment; filename="Gr__e _1_.html"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.html`,
  )
  assert.equal(answer.headers.get('content-security-policy'), "default-src 'none'; sandbox")
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
  assert.match(answer.headers.get('cache-control')!, /private/)
})

test('are shown in place only when they are plain images, whatever they are called', async () => {
  const disposition = async ({ id }: Attachment) => {
    const { headers } = await team.owner.fetch(`/api/attachments/${id}`, { method: 'HEAD' })
    return [headers.get('content-type'), headers.get('content-disposition')!.split(';')[0]]
  }
  assert.deepEqual(await disposition(await attach(team.member, PNG, 'a.html')), ['image/png', 'inline'])
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
  assert.deepEqual(await disposition(await attach(team.member, svg, 'a.png')), [
    'text/plain; charset=utf-8',
    'attachment',
  ])
  assert.deepEqual(await disposition(await attach(team.member, '%PDF-1.7', 'a')), ['application/pdf', 'attachment'])
})

test('arrive as forms as well', async () => {
  const form = new FormData()
  form.append('note', 'ignored')
  form.append('file', new Blob([PNG]), '../../etc/pass"wd.png')
  const send = (headers: Record<string, string>) => fetch(app.url + path(), { method: 'POST', headers, body: form })
  const answer = await send({ authorization: `Bearer ${team.member.token}` })
  const file = (await answer.json()) as Attachment
  assert.deepEqual([answer.status, file.name, file.size, file.type], [201, 'pass"wd.png', PNG.length, 'image/png'])
  assert.equal((await send({ cookie: team.member.cookie })).status, 403)
  assert.equal((await send({ cookie: team.member.cookie, origin: 'https://evil.example' })).status, 403)
  assert.equal((await send({ cookie: team.member.cookie, 'sec-fetch-site': 'same-origin' })).status, 201)
})

test('are answered in parts and not twice', async () => {
  const { id } = await attach(team.member, 'abcdefghij', 'letters')
  const get = (headers: Record<string, string>) => team.owner.fetch(`/api/attachments/${id}`, { headers })
  const part = await get({ range: 'bytes=2-4' })
  assert.deepEqual([part.status, await part.text(), part.headers.get('content-range')], [206, 'cde', 'bytes 2-4/10'])
  assert.equal(await (await get({ range: 'bytes=-3' })).text(), 'hij')
  assert.equal(await (await get({ range: 'bytes=7-' })).text(), 'hij')
  assert.equal((await get({ range: 'bytes=10-' })).status, 416)
  assert.equal((await get({ 'if-none-match': part.headers.get('etag')! })).status, 304)
})

test('are written down while they arrive', async () => {
  const written = async () => {
    const [name] = await incomingFiles()
    return name ? (await stat(join(folder, 'incoming', name))).size : 0
  }
  async function* content() {
    const half = new Uint8Array(1024 * 1024)
    yield half
    for (let i = 0; i < 1000 && (await written()) < half.length; i++) await new Promise((done) => setTimeout(done, 10))
    assert.equal(await written(), half.length)
    yield half
  }
  const headers = { authorization: `Bearer ${team.member.token}`, 'x-file-name': 'big' }
  const sent = { method: 'POST', headers, body: ReadableStream.from(content()), duplex: 'half' } as RequestInit
  const answer = await fetch(app.url + path(), sent)
  assert.equal(((await answer.json()) as Attachment).size, 2 * 1024 * 1024)
})

test('may have 25 MB; larger ones are refused and leave nothing behind', async () => {
  const big = await attach(team.member, Buffer.alloc(25 * 1024 * 1024, 1), 'big')
  assert.equal(big.size, 25 * 1024 * 1024)
  const tooBig = Buffer.alloc(25 * 1024 * 1024 + 1)
  const before = await storedFiles()
  assert.equal((await upload(team.member, tooBig, 'too big')).status, 413)
  assert.equal(await storedFiles(), before)
  assert.deepEqual(await incomingFiles(), [])
})

test('without a name or content are refused', async () => {
  const headers = { authorization: `Bearer ${team.member.token}` }
  const nameless = await fetch(app.url + path(), { method: 'POST', headers, body: 'x' })
  assert.equal(nameless.status, 400)
  assert.match(await nameless.text(), /X-File-Name/)
  assert.equal((await upload(team.member, '', 'empty')).status, 400)
  const broken = { ...headers, 'content-type': 'multipart/form-data; boundary=x' }
  for (const body of ['--x', '--x--', '--x\r\n\r\n\r\n--x--', 'nothing']) {
    assert.equal((await fetch(app.url + path(), { method: 'POST', headers: broken, body })).status, 400, body)
  }
})

test('sent again under the same key or id are attached once', async () => {
  const id = newId()
  const first = await attach(team.member, 'once', 'once.txt', { query: `?id=${id}` })
  assert.deepEqual(await attach(team.member, 'once', 'once.txt', { query: `?id=${id}` }), first)
  assert.equal((await upload(team.admin, 'x', 'x', { query: `?id=${id}` })).status, 409)
  const headers = { 'idempotency-key': newId() }
  const again = await attach(team.member, 'twice', 'twice.txt', { headers })
  assert.deepEqual(await attach(team.member, 'twice', 'twice.txt', { headers }), again)
  assert.equal((await upload(team.member, 'other', 'twice.txt', { headers })).status, 422)
  assert.equal((await send<Task>(team.owner, 'GET', `/api/tasks/${task.id}`)).attachmentCount, 2)
})

test('are removed with their content', async () => {
  const { id } = await attach(team.member, 'gone', 'gone.txt')
  const before = await storedFiles()
  await expectSnapshotFollows(team.owner, team.boardId, () => send(team.admin, 'DELETE', `/api/attachments/${id}`))
  await expectRefused([team.owner, 'GET', `/api/attachments/${id}`], 404, 'attachments.not_found')
  for (let i = 0; i < 1000 && (await storedFiles()) === before; i++) await new Promise((done) => setTimeout(done, 10))
  assert.equal(await storedFiles(), before - 1)
})

test('leave nothing behind when their task is erased or an upload was cut off', async () => {
  await sweepFiles(app.deps)
  await attach(team.member, 'gone', 'gone.txt')
  const before = await storedFiles()
  await send(team.owner, 'DELETE', `/api/tasks/${task.id}`)
  await send(team.owner, 'DELETE', `/api/tasks/${task.id}?erase=true`)
  const cutOff = join(folder, 'incoming', 'cut-off')
  await writeFile(cutOff, 'half')
  await utimes(cutOff, 0, 0)
  assert.equal(await sweepFiles(app.deps), 1)
  assert.equal(await sweepFiles(app.deps), 0)
  assert.equal(await storedFiles(), before - 1)
  assert.deepEqual(await incomingFiles(), [])
})

test('are not more than a workspace has room for, also when many come at once', async () => {
  const { id } = await attach(team.member, 'x', 'x')
  await sqlAsOwner(app, 'update attachment set size = 2000000000 where id = $1', [id])
  await attach(team.member, 'y', 'y')
  await sqlAsOwner(app, `update attachment set size = 2147483647 where name = 'y'`)
  const left = 5 * 1024 ** 3
  const [used] = await sqlAsOwner<{ used: number }>(
    app,
    'select sum(size)::float8 as used from attachment where workspace_id = $1',
    [team.workspaceId],
  )
  await attach(team.member, 'z', 'z')
  await sqlAsOwner(app, `update attachment set size = $1 where name = 'z'`, [left - used!.used - 30])
  const answers = await Promise.all(Array.from({ length: 10 }, () => upload(team.member, '0123456789', 'ten')))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 201, ...Array(7).fill(422)])
  await sqlAsOwner(app, 'delete from attachment where workspace_id = $1', [team.workspaceId])
})

test('are not there for those who cannot see the board, nor changeable for those who only look', async () => {
  const { id } = await attach(team.member, 'secret', 'secret.txt')
  for (const person of [team.guest, team.stranger]) {
    assert.equal((await upload(person, 'x', 'x')).status, 404)
    await expectRefused([person, 'GET', path()], 404)
    await expectRefused([person, 'GET', `/api/attachments/${id}`], 404)
    await expectRefused([person, 'DELETE', `/api/attachments/${id}`], 404)
  }
  await sqlAsOwner(app, 'insert into board_member (workspace_id, board_id, user_id, role) values ($1, $2, $3, $4)', [
    team.workspaceId,
    team.boardId,
    team.guest.userId,
    'viewer',
  ])
  assert.equal((await upload(team.guest, 'x', 'x')).status, 403)
  await expectRefused([team.guest, 'DELETE', `/api/attachments/${id}`], 403)
  const { items } = await send<{ items: Attachment[] }>(team.guest, 'GET', path())
  assert.deepEqual(
    items.map(({ name }) => name),
    ['secret.txt'],
  )
})

test.run()
