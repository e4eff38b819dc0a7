import { assert, suite } from '@taskflow/tools/suite.ts'
import { sessionCookieName } from './cookies.ts'

const test = suite('names of cookies')

test('installations on one machine differ by their port, which cookies do not know', () => {
  assert.equal(sessionCookieName('http://localhost:8080'), 'taskflow-8080.session_token')
  assert.equal(sessionCookieName('http://127.0.0.1:9090'), 'taskflow-9090.session_token')
  assert.equal(sessionCookieName('https://[::1]:8443'), '__Host-taskflow-8443.session_token')
  assert.equal(sessionCookieName('http://localhost'), 'taskflow.session_token')
})

test('a host of its own has the plain name, and on https the one that binds it to the host', () => {
  assert.equal(sessionCookieName('http://taskflow.internal:8080'), 'taskflow.session_token')
  assert.equal(sessionCookieName('https://taskflow.example.org'), '__Host-taskflow.session_token')
})

test.run()
