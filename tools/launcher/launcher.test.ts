import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, suite } from '../suite.ts'
import { readLauncherConfig, ROOT } from './config.ts'
import { readSecrets } from './secrets.ts'
import { describeServices, type StartConfig } from './services.ts'
import { showLine } from './show-line.ts'
import { readStartConfig } from './start-config.ts'
import { helpText, VARIABLES } from './variables.ts'
import { listWebSources } from './web-build.ts'

const test = suite('launcher')
const folder = mkdtempSync(join(tmpdir(), 'taskflow-launcher-'))
test.after(() => rmSync(folder, { recursive: true }))

const read = (env: Record<string, string>) =>
  readLauncherConfig([], { DATA_DIR: folder, ENV_FILE: '', ...env }) as StartConfig

test('every fault is named at once, in sentences', () => {
  const env = {
    PORT: 'eighty',
    PUBLIC_URL: 'taskflow',
    DATABASE_URL: 'mysql://x',
    RATE_LIMIT_SCALE: '-1',
    TRUSTED_PROXY: '10.0.0.0/33',
  }
  assert.throws(
    () => read(env),
    (fault: Error) => {
      for (const name of Object.keys(env)) assert.match(fault.message, new RegExp(`^${name} must`, 'm'))
      return true
    },
  )
})

test('what a service would refuse is named before anything runs, beside the rest and once', () => {
  const wrong = {
    PORT: 'eighty',
    RATE_LIMIT_SCALE: '-1',
    LOG_LEVEL: 'loud',
    APP_SECRET: 'short',
    SMTP_URL: 'foo',
    ALLOWED_ORIGINS: 'here',
  }
  const faultsOf = (env: Record<string, string>) => {
    try {
      readStartConfig([], 'built', { DATA_DIR: folder, ENV_FILE: '', ...env })
      return []
    } catch (fault) {
      return (fault as Error).message.split('\n').map((sentence) => sentence.split(' ')[0])
    }
  }
  assert.deepEqual(faultsOf({}), [])
  assert.deepEqual(faultsOf(wrong).sort(), Object.keys(wrong).sort())
})

test('production on stores of its own asks for its secrets by name', () => {
  const stores = { DATABASE_URL: 'postgres://a@b/c', REDIS_URL: 'redis://b' }
  assert.throws(
    () => read({ NODE_ENV: 'production', ...stores }),
    /APP_SECRET is missing.*\n.*INTERNAL_SECRET is missing/,
  )
  assert.equal(read({ NODE_ENV: 'production' }).databaseUrl, undefined)
})

test('what is set empty hides what stands in the file, and an empty name hides the file', () => {
  const ENV_FILE = join(folder, 'settings')
  writeFileSync(ENV_FILE, 'DATABASE_URL=postgres://a@b/c\nPUBLIC_URL=https://taskflow.example.org\nSMTP_URL=\n')
  const { databaseUrl, publicUrl } = read({ ENV_FILE })
  assert.deepEqual([databaseUrl, publicUrl], ['postgres://a@b/c', 'https://taskflow.example.org'])
  assert.equal(read({ ENV_FILE, DATABASE_URL: '' }).databaseUrl, undefined)
  assert.equal(read({ ENV_FILE, DATABASE_URL: '' }).publicUrl, publicUrl)
  assert.equal(read({ PORT: '9000' }).publicUrl, 'http://localhost:9000')
  assert.throws(() => read({ ENV_FILE: join(folder, 'nowhere') }), /nowhere cannot be read/)
})

test('secrets are generated once, and only their owner may read them', () => {
  const secrets = readSecrets(folder, {})
  assert.ok(secrets.APP_SECRET.length >= 32)
  assert.deepEqual(readSecrets(folder, {}), secrets)
  assert.equal(statSync(join(folder, 'secrets.json')).mode & 0o777, 0o600)
  assert.equal(readSecrets(folder, { APP_SECRET: 'given' }).APP_SECRET, 'given')
})

test('secrets that cannot be read are never replaced', () => {
  const broken = mkdtempSync(join(folder, 'broken-'))
  writeFileSync(join(broken, 'secrets.json'), '{')
  assert.throws(() => readSecrets(broken, {}), /put back a copy/)
})

test('the database and its secret reach core-api alone', () => {
  const config = read({
    DATABASE_URL: 'postgres://owner@db/taskflow',
    APP_SECRET: 's'.repeat(40),
    SMTP_URL: 'smtp://m',
    S3_URL: 'https://key:secret@s3/bucket',
  })
  const secrets = { APP_SECRET: 'a', INTERNAL_SECRET: 'i', POSTGRES_PASSWORD: 'p' }
  const stores = { databaseUrl: 'postgres://owner@db/taskflow', redisUrl: 'redis://r' }
  const { api, realtime, web, gateway } = describeServices(config, secrets, stores, {
    api: 1,
    realtime: 2,
    web: 3,
    worker: 4,
  })
  assert.equal(api.env.DATABASE_URL, stores.databaseUrl)
  for (const env of [realtime.env, web.env, gateway]) {
    for (const name of ['DATABASE_URL', 'APP_SECRET', 'SMTP_URL', 'S3_URL']) assert.equal(env[name], undefined)
  }
  assert.equal(web.env.INTERNAL_SECRET, undefined)
})

test('the web app is built anew for what it is made of, not for a changed test', () => {
  const sources = listWebSources()
  for (const file of ['web/vite.config.ts', 'web/src/service-worker.ts', 'shared/src/sync/replica.ts'])
    assert.ok(sources.includes(file), file)
  assert.deepEqual(
    sources.filter((file) => /\.test\.ts$|\/testing\//.test(file)),
    [],
  )
})

test('--help lists every variable that a service reads', () => {
  const known = new Set(VARIABLES.map(({ name }) => name))
  const inner = new Set(['API_URL', 'TRUST_PROXY'])
  for (const service of ['core-api/src/config.ts', 'realtime/src/config.ts']) {
    const text = readFileSync(join(ROOT, service), 'utf8')
    const names = [...text.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name!)
    assert.ok(names.length > 3, service)
    assert.deepEqual(
      names.filter((name) => !known.has(name) && !inner.has(name)),
      [],
      service,
    )
  }
  assert.match(helpText(), /PORT +8080/)
})

test('a log record is shown as a sentence, any other line as it is', () => {
  const record = JSON.stringify({ level: 40, time: 1, pid: 2, msg: 'slow', ms: 12, who: 'a' })
  assert.equal(showLine('core-api', record), 'core-api  warn: slow ms=12 who=a')
  assert.equal(showLine('web', 'Listening {'), 'web       Listening {')
  assert.equal(showLine('web', '{not json'), 'web       {not json')
})

test('a mail that had no server to go to stands there as it would be read, and steers no terminal', () => {
  const mail = { to: 'ada@example.org', subject: 'Reset\n\x1b[2J', text: 'Hello,\n\nhttp://localhost/reset?token=1\n' }
  assert.equal(
    showLine('worker', JSON.stringify({ level: 30, msg: 'mail', mail })),
    [
      'worker    mail to ada@example.org: Reset\\x0a\\x1b[2J',
      'worker      Hello,',
      'worker',
      'worker      http://localhost/reset?token=1',
    ].join('\n'),
  )
})

test.run()
