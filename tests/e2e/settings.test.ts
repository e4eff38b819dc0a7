import { createHmac } from 'node:crypto'
import type { Invitation, Me, NewInvitation, WorkspaceSnapshot } from '@taskflow/shared/dto/workspace.ts'
import type { Preferences } from '@taskflow/shared/dto/preferences.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Page } from 'playwright-core'
import { PASSWORD, type Person } from '../../core-api/src/testing/person.ts'
import { expectNoFindings, wear } from './harness/axe.ts'
import { eventually } from './harness/boards.ts'
import { NO_BROWSER } from './harness/chromium.ts'
import { call, foundTeam } from './harness/people.ts'
import { openStage, type Stage } from './harness/stage.ts'

const test = suite('settings in browsers', NO_BROWSER)
let stage: Stage
test.before(async () => (stage = await openStage()))
test.after.each(() => stage.closeBrowsers())
test.after(() => stage.close())

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

async function teamOfTwo() {
  const { workspaceId, people } = await foundTeam(stage.url, ['Ada', 'Bob'])
  const [ada, bob] = people as [Person, Person]
  return { ada, bob, workspaceId, at: `/workspaces/${workspaceId}` }
}

const meOf = (person: Person) => call<Me>(person, '/api/me')
const teamOf = (person: Person, id: string) => call<WorkspaceSnapshot>(person, `/api/workspaces/${id}`)

/** Ready for presses: what the server drew has come to life. Pages for strangers work without that. */
const open = (person: Person | null, path: string, options = {}): Promise<Page> =>
  person ? stage.openJoined(person, path, options) : stage.open(null, path, options)

/** RFC 6238, as an authenticator app computes it. */
function codeOf(secret: string): string {
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const bytes = bits
    .join('')
    .match(/.{8}/g)!
    .map((byte) => Number.parseInt(byte, 2))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', Buffer.from(bytes)).update(counter).digest()
  const at = hash.at(-1)! & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

test('name and time zone are one’s own to change, another screen hears of the name, and a device says where it is', async () => {
  const { ada, bob, at } = await teamOfTwo()
  const [page, other] = [await open(ada, '/profile'), await open(bob, `${at}/members`)]
  await page.getByLabel('Name', { exact: true }).fill('Ada the Second')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved').waitFor()
  await other.getByText('Ada the Second').waitFor()
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Mars/Olympus')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Choose a zone from the list').waitFor()
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Asia/Kathmandu')
  await page.getByRole('button', { name: 'Save' }).click()
  await eventually(async () => assert.equal((await meOf(ada)).user.timeZone, 'Asia/Kathmandu'))
  await page.getByRole('link', { name: 'Notifications', exact: true }).first().click()
  await page.getByText('in between (Asia/Kathmandu)').waitFor()
  // That one has no webhook of one's own is answered so.
  assert.deepEqual(
    stage.takeComplaints().filter((one) => !one.includes('404')),
    [],
  )
  await open(bob, '/inbox', { timezoneId: 'America/New_York', locale: 'de-DE' })
  await eventually(async () => {
    const { timeZone, locale } = (await meOf(bob)).user
    assert.deepEqual([timeZone, locale], ['America/New_York', 'de'])
  })
})

test('a picture is cut to a small square, shows on one’s own and on other screens, and goes again', async () => {
  const { ada, bob, at } = await teamOfTwo()
  const [page, other] = [await open(ada, '/profile'), await open(bob, `${at}/members`)]
  const seen = other.locator(`img[src^="/api/users/${ada.userId}/avatar?v="]`)
  const input = page.locator('input[type=file]')
  const wide = await page.screenshot()
  await input.setInputFiles(fileOf('words'))
  await page.getByText('This file is no picture').waitFor()
  await input.setInputFiles(fileOf(wide))
  await page.getByText('Picture changed.').waitFor()
  await seen.waitFor()
  const measures = await seen.evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    return [image.naturalWidth, image.naturalHeight]
  })
  assert.deepEqual(measures, [256, 256])
  const before = await seen.getAttribute('src')
  await page.locator(`nav img[src="${before}"]`).first().waitFor()
  await page.evaluate(async (address) => {
    const pasted = new DataTransfer()
    pasted.items.add(new File([await (await fetch(address)).blob()], 'pasted', { type: 'image/webp' }))
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true }))
  }, before!)
  await eventually(async () => assert.ok(![before, null].includes(await seen.getAttribute('src'))))
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await seen.waitFor({ state: 'detached' })
  assert.equal((await meOf(ada)).user.image, null)
})

const fileOf = (content: string | Uint8Array) => ({
  name: 'picture.png',
  mimeType: 'image/png',
  buffer: Buffer.from(content),
})

test('a new password signs out everywhere else, if one likes; a wrong old one is said at its field', async () => {
  const { ada } = await teamOfTwo()
  const signIn = { email: ada.email, password: PASSWORD }
  const elsewhere = await stage.openBrowser(null)
  assert.equal((await elsewhere.request.post('/api/auth/sign-in/email', { data: signIn })).status(), 200)
  const page = await open(ada, '/profile/security')
  assert.equal(await page.getByText('This device').count(), 1)
  await page.getByRole('button', { name: 'Change password' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Current password').fill('not that one')
  await dialog.getByLabel('New password').fill('another long sentence')
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await dialog.getByText('The current password is not right.').waitFor()
  stage.takeComplaints()
  await dialog.getByLabel('Current password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('Password changed. You are signed out everywhere else.').waitFor()
  assert.equal((await elsewhere.request.get('/api/me')).status(), 401)
  await page.getByText('You are signed in only here.').waitFor()
})

test('one device is signed out from another, without its token ever reaching a page', async () => {
  const { ada } = await teamOfTwo()
  const phone = await stage.openBrowser(null, {
    userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile Safari/604.1',
  })
  const answer = await phone.request.post('/api/auth/sign-in/email', { data: { email: ada.email, password: PASSWORD } })
  const { token } = (await answer.json()) as { token: string }
  const page = await open(ada, '/profile/security')
  assert.equal((await page.content()).includes(token), false)
  await page.getByRole('button', { name: 'Sign out Safari on iOS' }).click()
  await page.getByText('Signed out there.').waitFor()
  assert.equal((await phone.request.get('/api/me')).status(), 401)
})

test('two-step sign-in is set up with a code from the key that is shown, and asked for from then on', async () => {
  const { ada } = await teamOfTwo()
  const page = await open(ada, '/profile/security')
  await page.getByRole('button', { name: 'Set up' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Enter your password to go on.').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  const secret = (await dialog.locator('code').innerText()).replace(/\s/g, '')
  await dialog.getByLabel('Code from the app').fill('000000')
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await dialog.getByText('That code is not right').waitFor()
  stage.takeComplaints()
  await dialog.getByLabel('Code from the app').fill(codeOf(secret))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await dialog.getByRole('heading', { name: 'Backup codes' }).waitFor()
  assert.equal(await dialog.getByRole('listitem').count(), 10)
  await dialog.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByRole('button', { name: 'Turn off' }).waitFor()
  const elsewhere = await open(null, '/sign-in')
  await elsewhere.getByLabel('Email').fill(ada.email)
  await elsewhere.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click()
  await elsewhere.getByLabel('Code').fill(codeOf(secret))
  await elsewhere.getByRole('button', { name: 'Continue' }).click()
  await elsewhere.getByRole('heading', { name: /^Good .*, Ada/ }).waitFor()
})

test('a role changes on the other screen too, and whoever is removed loses the workspace at once', async () => {
  const { ada, bob, workspaceId, at } = await teamOfTwo()
  const [page, other] = [await open(ada, `${at}/members`), await open(bob, `${at}/members`)]
  await page.getByLabel('Role of Bob').selectOption('admin')
  await page.getByText('Bob is now Admin.').waitFor()
  await other.getByLabel('Role of Bob').waitFor()
  assert.equal(await other.getByLabel('Role of Bob').inputValue(), 'admin')
  await page.getByLabel('Role of Ada').selectOption('member')
  await page.getByText('A workspace needs an owner.').waitFor()
  assert.equal(await page.getByLabel('Role of Ada').inputValue(), 'owner')
  stage.takeComplaints()
  await page.getByRole('button', { name: 'Remove Bob' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText('Bob was removed.').waitFor()
  assert.deepEqual(
    (await teamOf(ada, workspaceId)).members.map(({ name }) => name),
    ['Ada'],
  )
  stage.takeComplaints()
})

test('an invitation by link brings a newcomer through signing up and back, into the workspace', async () => {
  const { ada, at } = await teamOfTwo()
  const page = await open(ada, `${at}/invitations`)
  await page.getByRole('button', { name: 'Create link' }).click()
  const link = await page.getByLabel('Invitation link').inputValue()
  const newcomer = await open(null, new URL(link).pathname)
  await newcomer.getByRole('heading', { name: 'Join Acme' }).waitFor()
  await newcomer.getByText('Ada invited you').waitFor()
  await newcomer.getByRole('link', { name: 'Create an account' }).click()
  await newcomer.getByLabel('Your name').fill('Cleo Diaz')
  await newcomer.getByLabel('Email').fill(`cleo.${Date.now()}@example.org`)
  await newcomer.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await newcomer.getByRole('button', { name: 'Create account' }).click()
  await newcomer.getByRole('button', { name: 'Join' }).click()
  await newcomer.getByRole('heading', { name: /, Cleo$/ }).waitFor()
  await newcomer.getByRole('button', { name: 'Workspace Acme, switch' }).waitFor()
  await page.getByRole('button', { name: /^Revoke/ }).click()
  await page.getByText('The invitation no longer works.').waitFor()
  const late = await open(null, new URL(link).pathname)
  await late.getByRole('heading', { name: 'This invitation does not work' }).waitFor()
})

test('several are invited by mail at once, and what is no address is named before anything is sent', async () => {
  const { ada, workspaceId, at } = await teamOfTwo()
  const page = await open(ada, `${at}/invitations`)
  await page.getByLabel('Email address').fill('cleo@example.org, dan@')
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await page.getByText('dan@ does not look like an email address.').waitFor()
  await page.getByLabel('Email address').fill('cleo@example.org, Dan <dan@example.org>')
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await page.getByText('2 invitations sent.').waitFor()
  const { items } = await call<{ items: Invitation[] }>(ada, `/api/workspaces/${workspaceId}/invitations`)
  const open_ = items.map(({ email }) => email)
  assert.deepEqual(open_.slice(0, 2).toSorted(), ['cleo@example.org', 'dan@example.org'])
})

test('a role of one’s own is made, given, changed, and deleted when nobody has it', async () => {
  const { ada, workspaceId, at } = await teamOfTwo()
  const page = await open(ada, `${at}/roles`)
  await page.getByRole('button', { name: 'New role' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name of the role').fill('Planner')
  await dialog.getByRole('group', { name: 'Tasks' }).getByLabel('Everything here').check()
  assert.equal(await dialog.getByLabel('Delete tasks').isDisabled(), true)
  await dialog.getByRole('button', { name: 'Save role' }).click()
  await page.getByText('1 permission').waitFor()
  assert.deepEqual(
    (await teamOf(ada, workspaceId)).roles.map(({ name, permissions }) => [name, permissions]),
    [['Planner', ['task:*']]],
  )
  await page.getByRole('button', { name: 'Delete Planner' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete role' }).click()
  await page.getByText('The role Planner is deleted.').waitFor()
})

test('labels are made, renamed, recoloured and deleted, and others see it happen', async () => {
  const { ada, bob, workspaceId, at } = await teamOfTwo()
  const [page, other] = [await open(ada, `${at}/labels`), await open(bob, `${at}/labels`)]
  await page.getByLabel('Name of the label').fill('bug')
  await page.keyboard.press('Enter')
  await other.getByLabel('Rename bug').waitFor()
  await page.getByLabel('Rename bug').fill('defect')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Colour of defect/ }).click()
  await page.getByRole('radio', { name: 'Violet' }).click()
  await other.getByRole('button', { name: 'Colour of defect: Violet' }).waitFor()
  assert.deepEqual(
    (await teamOf(ada, workspaceId)).labels.map(({ name, color }) => [name, color]),
    [['defect', 'violet']],
  )
  await page.getByRole('button', { name: 'Delete defect' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete label' }).click()
  await other.getByText('No labels yet').waitFor()
})

test('what one wants to be told is chosen switch by switch and kept', async () => {
  const { ada } = await teamOfTwo()
  const page = await open(ada, '/settings/notifications')
  await page.getByRole('switch', { name: 'Comments by Email' }).click()
  await page.getByRole('switch', { name: 'Quiet hours' }).click()
  await page.getByLabel('When').selectOption('daily')
  await eventually(async () => {
    const { matrix, quietHours, digest } = await call<Preferences>(ada, '/api/me/preferences')
    assert.deepEqual([matrix.commented.email, quietHours, digest], [true, { from: '22:00', to: '07:00' }, 'daily'])
  })
  await page.getByRole('button', { name: 'Send me a test by email' }).click()
  await page.getByText(/Sent\. It should arrive|Not sent\.|Could not be sent/).waitFor()
  await page.reload()
  assert.equal(await page.getByRole('switch', { name: 'Comments by Email' }).getAttribute('aria-checked'), 'true')
})

test('keys of one character are switched off for this device, and the others stay', async () => {
  const { ada } = await teamOfTwo()
  const page = await open(ada, '/settings')
  const sheet = page.getByRole('dialog', { name: 'Keys' })
  const control = page.getByRole('switch', { name: 'Single-key shortcuts' })
  await control.click()
  await page.reload()
  await eventually(async () => assert.equal(await control.getAttribute('aria-checked'), 'false'))
  await page.keyboard.press('?')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('combobox', { name: 'Find anything' }).fill('keys')
  await page.keyboard.press('Enter')
  await sheet.getByText('Single-key shortcuts are switched off').waitFor()
  await page.keyboard.press('Escape')
  await control.click()
  await page.keyboard.press('?')
  await sheet.waitFor()
  await page.keyboard.press('Escape')
  // Nothing that was not set up may be asked for so that the browser complains.
  await page.getByRole('link', { name: 'Notifications' }).click()
  await page.getByRole('button', { name: 'Set up' }).waitFor()
})

test('the connection page finds everything well, and a proxy that drops the upgrade', async () => {
  const { ada } = await teamOfTwo()
  const page = await open(ada, '/connection')
  await page.getByText('Everything works.').waitFor({ timeout: 40_000 })
  const blocked = await (await stage.openBrowser(ada)).newPage()
  await blocked.routeWebSocket(/\/ws\//, (socket) => socket.close())
  await blocked.goto('/connection')
  await blocked.locator('[data-step=socket][data-state=bad]').waitFor({ timeout: 40_000 })
  await blocked.getByText('it must pass the headers Upgrade and Connection').waitFor()
  assert.equal(await blocked.locator('[data-step=http]').getAttribute('data-state'), 'ok')
  await blocked.getByRole('button', { name: 'Copy report' }).waitFor()
  stage.takeComplaints()
})

test('a workspace is deleted only by whoever types its name', async () => {
  const { ada, bob, at } = await teamOfTwo()
  const member = await open(bob, `${at}/settings`)
  assert.equal(await member.getByRole('button', { name: 'Delete' }).count(), 0)
  const page = await open(ada, `${at}/settings`)
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog')
  assert.equal(await dialog.getByRole('button', { name: 'Delete' }).isDisabled(), true)
  await dialog.getByRole('textbox').fill('Acme')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await page.waitForURL('**/workspaces/new')
  stage.takeComplaints()
})

test('no finding of axe on any screen of settings, in both themes; none is wider than a phone', async () => {
  const { ada, at } = await teamOfTwo()
  const { token } = await call<NewInvitation>(ada, `/api${at}/invitations`, 'POST', {})
  const paths = ['/profile', '/profile/security', '/settings', '/settings/notifications', '/connection']
  const ours = ['settings', 'members', 'invitations', 'roles', 'labels', 'webhooks', 'deliveries']
  const page = await stage.open(ada, '/', { ...PHONE, reducedMotion: 'reduce' })
  for (const path of [...paths, ...ours.map((name) => `${at}/${name}`), `/invitations/${token}`]) {
    await page.setViewportSize(PHONE.viewport)
    await page.goto(path)
    await page.getByRole('main').getByRole('heading').first().waitFor()
    await wear(page, 'dark')
    await expectNoFindings(page, `${path}, dark, on a phone`)
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(excess <= 0, `${path} is ${excess} px too wide`)
    await page.setViewportSize({ width: 1280, height: 800 })
    await wear(page, 'light')
    await expectNoFindings(page, `${path}, light`)
  }
})

test.run()
