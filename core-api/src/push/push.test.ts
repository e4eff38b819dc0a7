import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto'
import { newId } from '@taskflow/shared/ids.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import { importJWK, jwtVerify } from 'jose'
import { startSending } from '../deliveries/sending.ts'
import { createSafeFetch, type SafeFetch, type SafeRequest } from '../http/safe-fetch.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { addTask, expectRefused, foundTeam, send, sqlAsOwner, type Team } from '../testing/boards.ts'
import { type Person, signInElsewhere } from '../testing/person.ts'
import { getPushKey } from './push-key.ts'
import { pushServiceOf } from './push-services.ts'

const test = suite('push')
const asked: (SafeRequest & { url: string })[] = []
const statuses: number[] = []
let app: TestApp
let team: Team
let sending: ReturnType<typeof startSending>

/** Push services speak only over the open internet: what would go there is held back and kept. */
const heldBack: SafeFetch = {
  ...createSafeFetch(),
  async fetch(url, request) {
    asked.push({ url, ...request })
    return { status: statuses.shift() ?? 201, headers: {}, body: Buffer.from('') }
  },
}

test.before(async () => {
  app = await createTestApp()
  team = await foundTeam(app)
  sending = startSending({ ...app.deps, outbound: heldBack })
  await send(team.member, 'PUT', '/api/me/preferences', { matrix: { assigned: { push: true, email: false } } })
})
test.after(async () => {
  await sending?.stop(1_000)
  await app?.close()
})

interface Device {
  input: { endpoint: string; keys: { p256dh: string; auth: string }; device: string }
  curve: ECDH
}

function createDevice(): Device {
  const curve = createECDH('prime256v1')
  const p256dh = curve.generateKeys().toString('base64url')
  const keys = { p256dh, auth: randomBytes(16).toString('base64url') }
  return { input: { endpoint: `https://fcm.googleapis.com/fcm/send/${newId()}`, keys, device: 'Phone' }, curve }
}

const path = '/api/me/push-subscriptions'
const subscribe = (person: Person, { input }: Device) => send<{ id: string }>(person, 'POST', path, input)
const devicesOf = async (person: Person) =>
  (await send<{ items: { id: string; isHere: boolean }[] }>(person, 'GET', path)).items

async function forgetDevices(): Promise<void> {
  await sending.settled()
  await sqlAsOwner(app, 'delete from push_subscription')
  asked.splice(0)
}

async function assign(): Promise<string> {
  const { id } = await addTask(team.owner, team.boardId, { title: 'Paint the fence' })
  await send(team.owner, 'PUT', `/api/tasks/${id}/assignees/${team.member.userId}`)
  await sending.settled()
  return id
}

/** As a browser reads it: RFC 8291 over RFC 8188. */
function decrypt({ input, curve }: Device, body: Buffer): { title: string; body: string; url: string; tag: string } {
  const derive = (secret: Buffer, salt: Buffer, info: Buffer, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, info, bytes))
  const [salt, keyLength] = [body.subarray(0, 16), body[20]!]
  const theirKey = body.subarray(21, 21 + keyLength)
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), curve.getPublicKey(), theirKey])
  const shared = derive(curve.computeSecret(theirKey), Buffer.from(input.keys.auth, 'base64url'), about, 32)
  const key = derive(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(shared, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const sealed = body.subarray(21 + keyLength)
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString())
}

test('every device of a person is told of what they chose, and only it can read that', async () => {
  const devices = [createDevice(), createDevice()]
  for (const device of devices) await subscribe(team.member, device)
  const id = await assign()
  assert.deepEqual(asked.map(({ url }) => url).sort(), devices.map(({ input }) => input.endpoint).sort())
  for (const device of devices) {
    const { body } = asked.find(({ url }) => url === device.input.endpoint)!
    const shown = decrypt(device, body as Buffer)
    assert.match(shown.title, /^[A-Z]+-\d+ Paint the fence$/)
    assert.deepEqual(
      [shown.body, shown.url],
      ['Olga assigned this to you', `${app.deps.config.publicUrl}/boards/${team.boardId}/tasks/${id}`],
    )
  }
})

test('the push service can tell by a key that never changes who sends', async () => {
  await forgetDevices()
  await subscribe(team.member, createDevice())
  await assign()
  const { publicKey } = await send<{ publicKey: string }>(team.member, 'GET', '/api/push/key')
  const [, jwt, named] = /^vapid t=(.+), k=(.+)$/.exec(asked[0]!.headers!.Authorization!)!
  assert.equal(named, publicKey)
  const point = Buffer.from(publicKey, 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const key = await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256')
  const { payload } = await jwtVerify(jwt!, key, { audience: 'https://fcm.googleapis.com' })
  assert.match(payload.sub!, /^mailto:/)
  const made = await Promise.all([1, 2, 3].map(() => getPushKey(app.deps)))
  assert.deepEqual(new Set(made.map((one) => one.publicKey)), new Set([publicKey]))
  const rows = JSON.stringify(await sqlAsOwner(app, 'select * from push_key'))
  assert.ok(!rows.includes(made[0]!.privateKey))
})

test('a device that has dropped its subscription is forgotten', async () => {
  for (const status of [404, 410]) {
    await forgetDevices()
    await subscribe(team.member, createDevice())
    statuses.push(status)
    await assign()
    assert.deepEqual(await devicesOf(team.member), [])
  }
})

test('what was read in the meantime is not sent any more', async () => {
  await forgetDevices()
  await subscribe(team.member, createDevice())
  const { id } = await addTask(team.owner, team.boardId, { title: 'Read at once' })
  await sending.stop(1_000)
  await send(team.owner, 'PUT', `/api/tasks/${id}/assignees/${team.member.userId}`)
  const { items } = await send<{ items: { id: string }[] }>(team.member, 'GET', '/api/notifications')
  await send(team.member, 'POST', '/api/notifications/read', { ids: [items[0]!.id] })
  sending = startSending({ ...app.deps, outbound: heldBack })
  await sending.settled()
  assert.deepEqual(asked, [])
})

test('the same device again is the same one, and whoever signs in on it takes it over', async () => {
  await forgetDevices()
  const device = createDevice()
  const [first, second] = [await subscribe(team.member, device), await subscribe(team.member, device)]
  assert.equal(first.id, second.id)
  await subscribe(team.admin, device)
  assert.deepEqual([(await devicesOf(team.member)).length, (await devicesOf(team.admin)).length], [0, 1])
  await send(team.member, 'DELETE', path, { endpoint: device.input.endpoint })
  assert.equal((await devicesOf(team.admin)).length, 1)
  await send(team.admin, 'DELETE', path, { endpoint: device.input.endpoint })
  assert.equal((await devicesOf(team.admin)).length, 0)
})

test('whoever signs out on a device, or is signed out of it, is told nothing there any more', async () => {
  await forgetDevices()
  const leaving = await app.signUp('Lea')
  await subscribe(leaving, createDevice())
  const elsewhere = await signInElsewhere(app.url, leaving)
  await subscribe(elsewhere, createDevice())
  const hereOf = async (person: Person) => (await devicesOf(person)).map(({ isHere }) => isHere)
  assert.deepEqual(
    [await hereOf(leaving), await hereOf(elsewhere)],
    [
      [true, false],
      [false, true],
    ],
  )
  assert.equal((await leaving.browse('/api/auth/sign-out', { method: 'POST' })).status, 200)
  assert.deepEqual(await hereOf(elsewhere), [true])
  assert.equal((await elsewhere.browse('/api/auth/revoke-sessions', { method: 'POST' })).status, 200)
  assert.deepEqual(await sqlAsOwner(app, 'select id from push_subscription'), [])
})

test('an endpoint and its keys lie in the database sealed', async () => {
  const { input } = createDevice()
  await send(team.member, 'POST', path, input)
  const rows = JSON.stringify(await sqlAsOwner(app, 'select * from push_subscription'))
  assert.ok(!rows.includes(input.endpoint) && !rows.includes(input.keys.auth))
})

test('only endpoints of push services are taken', async () => {
  const { input } = createDevice()
  for (const endpoint of [
    'https://example.org/push',
    'http://fcm.googleapis.com/fcm/send/x',
    'https://fcm.googleapis.com:8443/x',
    'https://fcm.googleapis.com.example.org/x',
    'https://evil-push.apple.com.example.org/x',
    'https://127.0.0.1/x',
    'https://user@fcm.googleapis.com/x',
  ])
    await expectRefused([team.member, 'POST', path, { ...input, endpoint }], 400, 'push.unknown_service')
  for (const endpoint of [
    'https://updates.push.services.mozilla.com/wpush/v2/x',
    'https://web.push.apple.com/x',
    'https://wns2-par02p.notify.windows.com/w/?token=x',
  ])
    assert.ok(pushServiceOf(endpoint))
})

test('a test goes to all devices, or says that there is none', async () => {
  await forgetDevices()
  await expectRefused([team.member, 'POST', '/api/me/test-delivery', { channel: 'push' }], 422)
  const device = createDevice()
  await subscribe(team.member, device)
  const { id } = await send<{ id: string }>(team.member, 'POST', '/api/me/test-delivery', { channel: 'push' })
  await sending.settled()
  assert.equal(decrypt(device, asked[0]!.body as Buffer).title, 'Taskflow')
  const { status } = await send<{ status: string }>(team.member, 'GET', `/api/me/deliveries/${id}`)
  assert.equal(status, 'sent')
})

test.run()
