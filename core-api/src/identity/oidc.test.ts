import { assert, suite } from '@taskflow/tools/suite.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { cookieOf } from '../testing/person.ts'
import { startSignOnProvider } from '../testing/sign-on-provider.ts'

const test = suite('single sign-on by OpenID Connect')
let provider: Awaited<ReturnType<typeof startSignOnProvider>>
let app: TestApp

test.before(async () => {
  provider = await startSignOnProvider('http://localhost:8080')
  app = await createTestApp(provider.environment)
  await untilOffered()
})
test.after(async () => {
  await app?.close()
  provider?.close()
})

class Browser {
  jars = new Map<string, Map<string, string>>()

  async go(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address)
    if (url.origin === app.deps.config.publicUrl) url.port = new URL(app.url).port
    if (url.hostname === 'localhost') url.hostname = '127.0.0.1'
    const jar = this.jars.get(url.host) ?? new Map<string, string>()
    this.jars.set(url.host, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { ...init, headers: { ...init.headers, cookie }, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split(/=(.*)/s) as [string, string]
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
    const location = answer.headers.get('location')
    if (!location) return answer
    const target = new URL(location, address)
    if (['/welcome', '/refused', '/sign-in'].includes(target.pathname)) return answer
    return this.go(target.href)
  }

  async signInAs(login: string): Promise<Response> {
    const begun = await this.go(`${app.url}/api/auth/sign-in/social`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        provider: 'oidc',
        callbackURL: '/welcome',
        errorCallbackURL: '/refused',
        disableRedirect: true,
      }),
    })
    const { url } = (await begun.json()) as { url: string }
    let page = await this.go(url)
    for (const prompt of ['login', 'consent']) {
      const form = /action="([^"]+)"/.exec(await page.text())![1]!
      page = await this.go(new URL(form, provider.issuer).href, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ prompt, login, password: 'anything' }).toString(),
      })
    }
    return page
  }
}

const ways = async (of: TestApp) =>
  (await (await fetch(`${of.url}/api/auth/providers`)).json()) as { providers: unknown[] }

async function untilOffered() {
  for (let i = 0; i < 2000 && (await ways(app)).providers.length === 0; i++)
    await new Promise((resolve) => setTimeout(resolve, 25))
}

const emailIn = async (browser: Browser) => {
  const session = await browser.go(`${app.url}/api/auth/get-session`)
  return ((await session.json()) as { user: { email: string; emailVerified: boolean; image: string | null } } | null)
    ?.user
}

test('the sign-in page learns that single sign-on is offered, and under which name', async () => {
  assert.deepEqual(await ways(app), {
    passkey: true,
    providers: [{ id: 'oidc', name: 'Example Login' }],
  })
})

test('somebody new is let in by the provider and has an account from then on', async () => {
  const browser = new Browser()
  const end = await browser.signInAs('grace')
  assert.equal(new URL(end.headers.get('location')!, app.url).pathname, '/welcome')
  const user = await emailIn(browser)
  assert.equal(user?.email, 'grace@example.org')
  assert.equal(user?.emailVerified, true)
  assert.equal(user?.image, null, 'a picture on another server is loaded by no page')
  const again = new Browser()
  await again.signInAs('grace')
  assert.deepEqual(await emailIn(again), user)
})

test('an account with an unconfirmed address is not handed to whoever signs in with that address', async () => {
  const squatter = await app.signUp('Squatter', 'heidi@example.org')
  const heidi = new Browser()
  const end = await heidi.signInAs('heidi')
  assert.equal(new URL(end.headers.get('location')!, app.url).pathname, '/refused')
  assert.equal(await emailIn(heidi), undefined)
  assert.ok(cookieOf(await squatter.browse('/api/auth/token')) !== undefined)
})

test('a callback that nobody began is refused', async () => {
  const browser = new Browser()
  for (const [query, fault] of [
    ['code=stolen&state=invented', 'state_mismatch'],
    ['code=stolen', 'state_not_found'],
  ]) {
    const end = await browser.go(`${app.url}/api/auth/callback/oidc?${query}`)
    assert.equal(end.headers.get('location'), `${app.deps.config.publicUrl}/sign-in?error=${fault}`)
  }
  assert.equal((await browser.go(`${app.url}/api/auth/error`)).status, 404)
  assert.equal(await emailIn(browser), undefined)
})

test('while the provider is away, passwords work and single sign-on is not offered', async () => {
  const alone = await createTestApp({ OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y' })
  try {
    assert.equal((await alone.signUp('Ada')).name, 'Ada')
    assert.deepEqual((await ways(alone)).providers, [])
  } finally {
    await alone.close()
  }
})

test.run()
