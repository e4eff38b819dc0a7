import type { InboxPage, InboxState } from '@taskflow/shared/dto/notification.ts'
import { type AnyEnvelope, events } from '@taskflow/shared/events/all.ts'
import { applyInboxEvent } from '@taskflow/shared/inbox/apply-event.ts'
import { userStream } from '@taskflow/shared/names.ts'
import { assert } from '@taskflow/tools/suite.ts'
import type { TestApp } from './app.ts'
import { factsAfter, type Position, send } from './boards.ts'
import type { Person } from './person.ts'

export const inboxOf = (person: Person, filter = 'all') =>
  send<InboxPage>(person, 'GET', `/api/notifications?filter=${filter}&limit=200`)

/** What somebody was told by an act, once it has been counted: their facts, applied to their inbox of before. */
export async function expectInboxFollows(
  app: TestApp,
  person: Person,
  act: () => Promise<unknown>,
): Promise<AnyEnvelope[]> {
  await app.deps.counting.settled(app.deps)
  const before = await inboxOf(person)
  await act()
  await app.deps.counting.settled(app.deps)
  const after = await inboxOf(person)
  const facts = await inboxFactsAfter(person, before.stream)
  for (const fact of facts) events[fact.type].parse(fact.data)
  const followed = facts.reduce<InboxState>(applyInboxEvent, { items: before.items, unread: before.unread })
  assert.deepEqual(followed, { items: after.items, unread: after.unread })
  return facts
}

export const inboxFactsAfter = async (person: Person, position: Position) =>
  (await factsAfter(person, userStream(person.userId), position)).filter(
    ({ type }) => type.startsWith('notification.') || type === 'inbox.counted',
  )
