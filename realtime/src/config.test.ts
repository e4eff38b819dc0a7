import { assert, suite } from '@taskflow/tools/suite.ts'
import { readConfig } from './config.ts'

const test = suite('the settings of a node')
const env = {
  API_URL: 'http://127.0.0.1:3000',
  REDIS_URL: 'redis://127.0.0.1',
  INTERNAL_SECRET: 'a secret of thirty-two characters',
}
const originsFor = (more: Record<string, string>) => readConfig({ ...env, ...more }).allowedOrigins

test('let in by either name of the machine who may write by either', () => {
  assert.deepEqual(originsFor({ PUBLIC_URL: 'http://localhost:8080' }), [
    'http://localhost:8080',
    'http://127.0.0.1:8080',
    'http://[::1]:8080',
  ])
  assert.deepEqual(originsFor({ PUBLIC_URL: 'https://taskflow.example.org/' }), ['https://taskflow.example.org'])
  assert.deepEqual(originsFor({ ALLOWED_ORIGINS: 'https://a.example, https://b.example/x' }), [
    'https://a.example',
    'https://b.example',
  ])
})

test.run()
