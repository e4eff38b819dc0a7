import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { User } from '@taskflow/shared/dto/user.ts'
import type { WorkspaceSnapshot } from '@taskflow/shared/dto/workspace.ts'
import { newId } from '@taskflow/shared/ids.ts'
import { userStream, workspaceStream } from '@taskflow/shared/names.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { sweepFiles } from '../attachments/sweeping.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import {
  expectRefused,
  expectSnapshotFollows,
  factsAfter,
  foundTeam,
  positionOf,
  send,
  snapshotOf,
  sqlAsOwner,
  type Team,
} from '../testing/boards.ts'
import type { Person } from '../testing/person.ts'

const test = suite('avatars')
let app: TestApp
let team: Team

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
})
test.before.each(async () => {
  await send(team.owner, 'DELETE', '/api/me/avatar')
  await untilFiles(team.owner, 0)
})
test.after(() => app?.close())

const png = (side = 1) => {
  const picture = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000', 'hex')
  picture.writeUInt32BE(side, 16)
  picture.writeUInt32BE(side, 20)
  return picture
}

/** As a browser sends it: by its cookie, saying what it takes the file for. */
function put(person: Person, content: Buffer | string, headers: Record<string, string> = {}) {
  const sent = { cookie: person.cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'image/png', ...headers }
  return fetch(`${app.url}/api/me/avatar`, { method: 'PUT', headers: sent, body: new Uint8Array(Buffer.from(content)) })
}

async function choose(person: Person, content: Buffer | string = png()): Promise<string> {
  const answer = await put(person, content)
  assert.equal(answer.status, 200, await answer.clone().text())
  return ((await answer.json()) as User).image!
}

const filesOf = ({ userId }: Person) => readdir(join(app.dataDir, 'attachments', userId)).catch(() => [])

async function untilFiles(person: Person, count: number) {
  for (let i = 0; i < 1000 && (await filesOf(person)).length !== count; i++)
    await new Promise((done) => setTimeout(done, 10))
  assert.equal((await filesOf(person)).length, count)
}

test('are seen by the team at their address, which may be kept, and cannot run there', async () => {
  const image = await choose(team.owner)
  const answer = await team.member.browse(image)
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), png())
  const { headers } = answer
  assert.equal(headers.get('content-type'), 'image/png')
  assert.equal(headers.get('cache-control'), 'private, max-age=31536000, immutable')
  assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox")
  assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin')
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.equal((await team.member.browse(image, { headers: { 'if-none-match': headers.get('etag')! } })).status, 304)
  assert.equal(
    (await team.member.browse(`${image.split('?')[0]}?v=${newId()}`)).headers.get('cache-control'),
    'private, no-cache',
  )
})

test('change on every screen: one’s own, the workspace and its boards', async () => {
  const streams = [userStream(team.owner.userId), workspaceStream(team.workspaceId)] as const
  const before = await Promise.all(streams.map((stream) => positionOf(team.owner, stream)))
  let image: string | null = null
  const heard = async () => {
    const facts = await Promise.all(streams.map((stream, i) => factsAfter(team.owner, stream, before[i]!)))
    return facts.map((all) => [all.at(-1)!.type, all.at(-1)!.data])
  }
  await expectSnapshotFollows(team.member, team.boardId, async () => (image = await choose(team.owner)))
  assert.deepEqual(await heard(), [
    ['user.updated', { id: team.owner.userId, image }],
    ['member.changed', { id: team.owner.userId, image }],
  ])
  const { members } = await send<WorkspaceSnapshot>(team.member, 'GET', `/api/workspaces/${team.workspaceId}`)
  assert.equal(members.find(({ id }) => id === team.owner.userId)!.image, image)
  await expectSnapshotFollows(team.member, team.boardId, () => send(team.owner, 'DELETE', '/api/me/avatar'))
  assert.deepEqual((await heard())[0], ['user.updated', { id: team.owner.userId, image: null }])
})

test('that were replaced or removed leave no file behind', async () => {
  await sweepFiles(app.deps)
  const first = await choose(team.owner)
  const second = await choose(team.owner, png(2))
  assert.ok(second !== first)
  await untilFiles(team.owner, 1)
  assert.deepEqual(Buffer.from(await (await team.owner.browse(first)).arrayBuffer()), png(2))
  await send(team.owner, 'DELETE', '/api/me/avatar')
  await untilFiles(team.owner, 0)
  await expectRefused([team.owner, 'GET', second], 404, 'avatars.not_found')
  await send(team.owner, 'DELETE', '/api/me/avatar')
})

test('of somebody who is gone are swept away', async () => {
  const gone = await app.signUp('Gone')
  await choose(gone)
  await sweepFiles(app.deps)
  await untilFiles(gone, 1)
  await sqlAsOwner(app, 'delete from auth_user where id = $1', [gone.userId])
  await sweepFiles(app.deps)
  await untilFiles(gone, 0)
})

test('are not there for strangers, nor for a guest who shares no board with them', async () => {
  const image = await choose(team.owner)
  await expectRefused([team.stranger, 'GET', image], 404, 'avatars.not_found')
  await expectRefused([team.guest, 'GET', image], 404, 'avatars.not_found')
  await send(team.owner, 'PUT', `/api/boards/${team.boardId}/members/${team.guest.userId}`, { role: 'viewer' })
  assert.equal((await team.guest.browse(image)).status, 200)
  assert.equal(
    (await snapshotOf(team.guest, team.boardId)).members.find(({ id }) => id === team.owner.userId)!.image,
    image,
  )
  const { id } = await send<{ id: string }>(team.admin, 'POST', `/api/workspaces/${team.workspaceId}/boards`, {
    name: 'Hidden',
    visibility: 'private',
  })
  const other = await app.signUp('Other')
  await sqlAsOwner(app, `insert into workspace_member (workspace_id, user_id, role) values ($1, $2, 'guest')`, [
    team.workspaceId,
    other.userId,
  ])
  await send(team.admin, 'PUT', `/api/boards/${id}/members/${other.userId}`, { role: 'viewer' })
  await expectRefused([other, 'GET', image], 404)
  assert.equal((await other.browse(await choose(team.admin))).status, 200)
})

test('are pictures by their content, whatever is said of them', async () => {
  const jpeg = 'ffd8ffe000104a46494600010100000100010000ffc0001108001000100301220002110103110100'
  const webp = (head: string) => Buffer.from(`RIFF\0\0\0\0WEBP${head}`.padEnd(40, '\0'), 'latin1')
  const pictures = [png(1024), 'GIF89a\x01\0\x01\0', Buffer.from(jpeg, 'hex'), ...['VP8 ', 'VP8L', 'VP8X'].map(webp)]
  for (const picture of pictures)
    assert.equal((await put(team.owner, picture, { 'content-type': 'text/html' })).status, 200, String(picture))
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const avif = Buffer.from('\0\0\0\x1cftypavif')
  const cutOff = png().subarray(0, 14)
  for (const content of [svg, avif, cutOff, '<script>alert(1)</script>', '%PDF-1.7']) {
    const answer = await put(team.owner, content)
    assert.equal(answer.status, 415, String(content))
    assert.equal(((await answer.json()) as { code: string }).code, 'avatars.no_picture')
  }
})

test('are small, in bytes and once unpacked, or leave nothing behind', async () => {
  const full = Buffer.concat([png(), Buffer.alloc(512 * 1024)])
  assert.equal((await put(team.owner, full)).status, 413)
  assert.equal((await put(team.owner, png(1025))).status, 422)
  assert.equal((await put(team.owner, '')).status, 400)
  assert.deepEqual(await filesOf(team.owner), [])
  assert.deepEqual(await readdir(join(app.dataDir, 'attachments', 'incoming')), [])
  assert.equal((await put(team.owner, full.subarray(0, 512 * 1024))).status, 200)
})

test('are chosen once when sent twice, and not at all by other pages', async () => {
  const headers = { 'idempotency-key': newId() }
  const first = (await (await put(team.owner, png(), headers)).json()) as User
  const again = await put(team.owner, png(), headers)
  assert.deepEqual([again.headers.get('idempotent-replayed'), await again.json()], ['true', first])
  assert.equal((await put(team.owner, png(2), headers)).status, 422)
  assert.equal((await put(team.owner, png(), { 'sec-fetch-site': 'cross-site' })).status, 403)
  assert.equal((await put(team.owner, png(), { origin: 'https://evil.example' })).status, 403)
})

test.run()
