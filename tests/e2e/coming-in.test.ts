import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@taskflow/tools/processes.ts'
import { databaseForTest, TEST_APP_SECRET, type TestStore } from '@taskflow/tools/stores.ts'
import { assert, suite } from '@taskflow/tools/suite.ts'
import type { Browser, Page } from 'playwright-core'
import { type Mailbox, openMailbox } from '../../core-api/src/testing/mailbox.ts'
import { createPerson, PASSWORD } from '../../core-api/src/testing/person.ts'
import { startSignOnProvider } from '../../core-api/src/testing/sign-on-provider.ts'
import { NO_BROWSER, openChromium } from './harness/chromium.ts'
import { launch, type Launched, untilReady } from './launched.ts'

const test = suite('coming in, whole stack', NO_BROWSER)
let folder: string
let database: TestStore
let mailbox: Mailbox
let provider: Awaited<ReturnType<typeof startSignOnProvider>>
let running: Launched
let browser: Browser

test.before(async () => {
  const port = await freePort()
  folder = await mkdtemp(join(tmpdir(), 'taskflow-coming-in-'))
  database = await databaseForTest()
  mailbox = await openMailbox()
  provider = await startSignOnProvider(`http://localhost:${port}`)
  running = launch({
    PORT: String(port),
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    APP_SECRET: TEST_APP_SECRET,
    INTERNAL_SECRET: 'another secret of the tests, as long as the first',
    SMTP_URL: mailbox.url,
    NODE_ENV: 'test',
    ...provider.environment,
  })
  await untilReady(running)
  browser = await openChromium()
})
test.after(async () => {
  await browser?.close()
  running?.child.kill('SIGTERM')
  await running?.ended
  provider?.close()
  await mailbox?.close()
  await database?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: running.url })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.goto(path)
  return page
}

async function fillIn(page: Page, fields: Record<string, string>, act: string) {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: act, exact: true }).click()
}

/** What a script could read, and what stands in a history or a log. */
async function holdsNoToken(page: Page) {
  const tokens = await page.evaluate(
    async () => (await (await fetch('/api/auth/token')).text()).match(/eyJ[\w-]+/g) ?? [],
  )
  const session = (await page.context().cookies()).find(({ name }) => name.endsWith('session_token'))!
  assert.ok(tokens.length > 0 && session.httpOnly)
  const readable = await page.evaluate(() => JSON.stringify([{ ...localStorage, ...sessionStorage }, document.cookie]))
  const loaded = await page.evaluate(() => performance.getEntries().map(({ name }) => name))
  assert.doesNotMatch([readable, page.url(), ...loaded].join(), /eyJ|session_token|[?&]token=/)
}

async function leave(page: Page) {
  await page.goto('/sign-out')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByText('You are signed out.').waitFor()
}

test('one signs up, is at home, signs out, and the way back in knows nobody by a wrong password', async () => {
  const page = await open('/')
  await page.waitForURL(/\/sign-in/)
  await page.getByRole('link', { name: 'Create an account' }).click()
  await page.waitForURL(/\/sign-up/)
  const ada = { 'Your name': 'Ada Lovelace', Email: 'ada@example.org' }
  await fillIn(page, { ...ada, Password: 'password123' }, 'Create account')
  await page.getByText(/on the list that attackers try first/).waitFor()
  await fillIn(page, { ...ada, Password: PASSWORD }, 'Create account')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-up'))
  assert.equal((await page.request.get('/api/me')).status(), 200)
  await holdsNoToken(page)
  await leave(page)
  assert.equal((await page.request.get('/api/me')).status(), 401)
  await fillIn(page, { Email: 'ada@example.org', Password: 'not this one' }, 'Sign in')
  await page.getByRole('alert').first().waitFor()
  await fillIn(page, { Email: 'ada@example.org', Password: PASSWORD }, 'Sign in')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
})

test('pages allow the scripts that they came with and no others, and no frame around them', async () => {
  for (const path of ['/sign-in', '/no-such-page']) {
    const { headers } = await fetch(running.url + path)
    const policy = headers.get('content-security-policy')!
    assert.match(policy, /frame-ancestors 'none'/)
    assert.match(policy, /script-src 'self' 'nonce-[\w+/=]{20,}'(;|$)/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.ok(headers.get('referrer-policy'))
  }
})

test('all of it works without any script of ours', async () => {
  const context = await browser.newContext({ baseURL: running.url, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/sign-in')
  const ada = await createPerson(running.url, 'Ada')
  await fillIn(page, { Email: ada.email, Password: PASSWORD }, 'Sign in')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  assert.equal((await page.request.get('/api/me')).status(), 200)
})

test('the address is confirmed, and a forgotten password replaced, by the links in the mails', async () => {
  const ada = await createPerson(running.url, 'Ada')
  const link = async (about: RegExp) => {
    const { text } = await mailbox.mailTo(ada.email, `${running.url}/${about.source}`)
    return /http\S+/.exec(text.slice(text.search(new RegExp(`http\\S+/${about.source}`))))![0]
  }
  const page = await open(await link(/verify-email/))
  await page.getByText('Email confirmed').waitFor()
  const forgot = await open('/forgot-password')
  await fillIn(forgot, { Email: ada.email }, 'Send the link')
  await forgot.getByText('Look in your mail').waitFor()
  const address = await link(/reset-password/)
  await forgot.goto(address)
  await fillIn(forgot, { 'New password': 'another long sentence' }, 'Change password')
  await forgot.getByText('Your password is changed.').waitFor()
  await fillIn(forgot, { Email: ada.email, Password: 'another long sentence' }, 'Sign in')
  await forgot.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  assert.equal((await ada.browse('/api/me')).status, 401)
  await forgot.goto('/sign-out')
  await forgot.goto(address)
  await forgot
    .getByText(/no longer works|Choose a new password/)
    .first()
    .waitFor()
})

test('a passkey is made on the security page and signs in by itself', async () => {
  const ada = await createPerson(running.url, 'Ada')
  await ada.fetch('/api/workspaces', { method: 'POST', body: { name: 'Acme' } })
  const page = await open('/sign-in')
  const wire = await page.context().newCDPSession(page)
  await wire.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const
  await wire.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  })
  await fillIn(page, { Email: ada.email, Password: PASSWORD }, 'Sign in')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await page.goto('/profile/security')
  await page.getByRole('button', { name: 'Add a passkey' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('Passkey added.').waitFor()
  await leave(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('heading', { name: /^Good .*, Ada/ }).waitFor()
  const me = (await (await page.request.get('/api/me')).json()) as { user: { id: string } }
  assert.equal(me.user.id, ada.userId)
})

test('single sign-on leads to the provider and back home', async () => {
  let page = await open('/sign-in')
  const button = () => page.getByRole('link', { name: 'Continue with Example Login' })
  // Joined in the background, so that a provider that is away stops nobody.
  for (let tries = 0; tries < 40 && !(await button().count()); tries++) page = await open('/sign-in')
  await button().click()
  await page.waitForURL((url) => url.origin === provider.issuer)
  await page.locator('[name=login]').fill('grace')
  await page.locator('[name=password]').fill('anything')
  await page.locator('[type=submit]').click()
  await page.locator('[type=submit]').click()
  await page.waitForURL((url) => url.origin === running.url && !url.pathname.startsWith('/api'))
  const me = (await (await page.request.get('/api/me')).json()) as { user: { email: string; emailVerified: boolean } }
  assert.deepEqual([me.user.email, me.user.emailVerified], ['grace@example.org', true])
})

test.run()
