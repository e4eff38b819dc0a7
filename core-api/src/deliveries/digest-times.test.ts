import { assert, suite } from '@taskflow/tools/suite.ts'
import { type Digest, nextDigestAt } from './digest-times.ts'

const test = suite('when a digest leaves')

const next = (digest: Digest, after: string, zone: string) => nextDigestAt(digest, new Date(after), zone).toISOString()

const cases: [name: string, digest: Digest, after: string, zone: string, expected: string][] = [
  ['hourly: at the next full hour', 'hourly', '2026-11-20T09:30:00Z', 'UTC', '2026-11-20T10:00:00.000Z'],
  ['hourly: on the hour, the next one', 'hourly', '2026-11-20T09:00:00Z', 'UTC', '2026-11-20T10:00:00.000Z'],
  [
    'hourly: full by the person’s clock',
    'hourly',
    '2026-11-20T09:30:00Z',
    'Asia/Kathmandu',
    '2026-11-20T10:15:00.000Z',
  ],
  ['daily: at eight, still today', 'daily', '2026-11-20T05:00:00Z', 'Europe/Berlin', '2026-11-20T07:00:00.000Z'],
  ['daily: at eight, tomorrow', 'daily', '2026-11-20T07:00:00Z', 'Europe/Berlin', '2026-11-21T07:00:00.000Z'],
  [
    'daily: at eight also after the clocks change',
    'daily',
    '2026-03-28T12:00:00Z',
    'Europe/Berlin',
    '2026-03-29T06:00:00.000Z',
  ],
  ['weekly: on Monday', 'weekly', '2026-11-20T12:00:00Z', 'America/New_York', '2026-11-23T13:00:00.000Z'],
  [
    'weekly: on Monday before eight, today',
    'weekly',
    '2026-11-23T12:00:00Z',
    'America/New_York',
    '2026-11-23T13:00:00.000Z',
  ],
  [
    'weekly: on Monday after eight, next week',
    'weekly',
    '2026-11-23T13:00:00Z',
    'America/New_York',
    '2026-11-30T13:00:00.000Z',
  ],
]

for (const [name, digest, after, zone, expected] of cases) {
  test(name, () => assert.equal(next(digest, after, zone), expected))
}

test.run()
