import { assert, suite } from '@taskflow/tools/suite.ts'
import { ConfigFault, readConfig } from './config.ts'

const test = suite('configuration')

const secret = (seed: number) =>
  [...Array(8).keys()].map((i) => ((seed + i) * 2654435761 + 0x1234567).toString(36)).join('')
const complete = {
  DATABASE_URL: 'postgres://owner:x@localhost:5432/taskflow',
  REDIS_URL: 'redis://localhost:6379',
  APP_SECRET: secret(1),
  INTERNAL_SECRET: secret(2),
}
const faultsOf = (env: Record<string, string>) => {
  try {
    readConfig(env)
  } catch (fault) {
    assert.ok(fault instanceof ConfigFault)
    return fault.message.split('\n')
  }
  return []
}

test('four values are enough, the rest has healthy defaults', () => {
  const config = readConfig(complete)
  assert.equal(config.host, '127.0.0.1')
  assert.equal(config.rateLimitScale, 1)
  assert.equal(config.databaseAppRole, 'taskflow_app')
  assert.equal(config.oidc, undefined)
})

test('all faults are named at once, each in a sentence', () => {
  assert.deepEqual(faultsOf({ PORT: 'eighty', REDIS_URL: 'localhost', APP_SECRET: 'short', LOG_LEVEL: 'loud' }), [
    'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.',
    'PORT must be a number.',
    'DATABASE_URL is missing.',
    'REDIS_URL must be an address like redis://localhost:6379.',
    'APP_SECRET must be at least 32 characters long.',
    'INTERNAL_SECRET is missing.',
  ])
})

test('what does not fit together is named beside what is wrong by itself, and nothing twice', () => {
  const placeholder = 'change-me-change-me-change-me-change-me'
  const env = { ...complete, NODE_ENV: 'production', LOG_LEVEL: 'loud', OIDC_ISSUER: 'login', OIDC_CLIENT_ID: 'id' }
  const faults = faultsOf({ ...env, APP_SECRET: placeholder, INTERNAL_SECRET: placeholder })
  assert.deepEqual(
    faults.map((fault) => fault.split(' ').slice(0, 3).join(' ')),
    [
      'LOG_LEVEL must be',
      'OIDC_ISSUER must be',
      'OIDC_CLIENT_SECRET is missing:',
      'APP_SECRET is a',
      'INTERNAL_SECRET is a',
      'INTERNAL_SECRET must differ',
    ],
  )
  assert.equal(faultsOf({ ...complete, NODE_ENV: 'production', APP_SECRET: 'short' }).length, 1)
})

test('an empty value counts as missing', () => {
  assert.deepEqual(faultsOf({ ...complete, REDIS_URL: '' }), ['REDIS_URL is missing.'])
})

test('production refuses placeholder and shared secrets', () => {
  const production = { ...complete, NODE_ENV: 'production' }
  assert.deepEqual(faultsOf(production), [])
  assert.match(
    faultsOf({ ...production, APP_SECRET: 'change-me-change-me-change-me-change-me' })[0]!,
    /^APP_SECRET is a placeholder/,
  )
  assert.match(faultsOf({ ...production, INTERNAL_SECRET: 'a'.repeat(40) })[0]!, /^INTERNAL_SECRET is a placeholder/)
  assert.match(faultsOf({ ...production, INTERNAL_SECRET: production.APP_SECRET })[0]!, /must differ/)
})

test('half a single sign-on is refused, naming what is missing', () => {
  const faults = faultsOf({ ...complete, OIDC_ISSUER: 'https://login.example.org' })
  assert.deepEqual(
    faults.map((fault) => fault.split(' ')[0]),
    ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
  )
})

test('private networks are reached only where they are named', () => {
  assert.deepEqual(readConfig(complete).outboundAllow, [])
  const named = readConfig({ ...complete, OUTBOUND_ALLOW: '10.0.3.0/24, 127.0.0.1,fd00::/8' })
  assert.deepEqual(named.outboundAllow, ['10.0.3.0/24', '127.0.0.1', 'fd00::/8'])
  for (const wrong of ['everything', '10.0.0.0/64', '10.0.0.0/8,'])
    assert.match(faultsOf({ ...complete, OUTBOUND_ALLOW: wrong })[0]!, /^OUTBOUND_ALLOW must be addresses/, wrong)
})

test('the public address is an origin', () => {
  assert.equal(
    readConfig({ ...complete, PUBLIC_URL: 'https://taskflow.example.org/' }).publicUrl,
    'https://taskflow.example.org',
  )
  assert.deepEqual(faultsOf({ ...complete, PUBLIC_URL: 'https://example.org/taskflow' }), [
    'PUBLIC_URL must be an origin without a path.',
  ])
})

test.run()
