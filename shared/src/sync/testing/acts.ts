import { boardStream } from '../../names.ts'
import { newId } from '../../ids.ts'
import { BOARD_IDS, columnsOf } from './model-server.ts'
import type { ModelWorld } from './model-world.ts'
import type { Person } from './person.ts'
import type { CallFate, FactsFate } from './weather.ts'

/** One thing that happens: to whom, and which of the possible ones is meant. */
export interface Happening {
  kind: keyof typeof happenings
  who: number
  pick: number
  waitMs: number
}

interface Scene {
  world: ModelWorld
  person: Person
  people: Person[]
  pick: number
}

const CALL_FATES: CallFate[] = ['lost', 'answer lost', 'hangs', 'busy', 'soon', 'html', 'slow']
const FACTS_FATES: FactsFate[] = ['dropped', 'twice', 'late']

const one = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)]

function anyCard({ person, pick }: Scene) {
  const boardIndex = pick % BOARD_IDS.length
  const tasks = person.boards[boardIndex]!.state?.tasks.toSorted((a, b) => (a.id < b.id ? -1 : 1)) ?? []
  const task = one(tasks, pick)
  return task && { task, boardIndex }
}

function ownCard({ person, pick }: Scene) {
  const alive = [...person.own].filter(([, acts]) => acts.at(-1)?.title)
  const found = one(alive, pick)
  if (!found) return undefined
  const { boardId, title } = found[1].at(-1)!
  return { id: found[0], boardId, title, boardIndex: BOARD_IDS.indexOf(boardId) }
}

function rename(scene: Scene, title: string) {
  const card = ownCard(scene)
  if (!card) return
  const { id, boardId, boardIndex } = card
  const acts = [{ name: 'updateTask' as const, args: { id, changes: { title } } }]
  const request = { method: 'PATCH' as const, path: `/api/tasks/${id}`, body: { title }, acts }
  scene.person.writeOwn(id, { boardId, title }, boardIndex, request)
}

export const happenings = {
  create({ person, pick, world }: Scene) {
    const boardIndex = pick % BOARD_IDS.length
    const boardId = BOARD_IDS[boardIndex]!
    const task = { id: newId(world.clock.now()), title: `card ${pick}`, columnId: one(columnsOf(boardId), pick)! }
    const acts = [{ name: 'createTask' as const, args: { task } }]
    const request = { method: 'POST' as const, path: `/api/boards/${boardId}/tasks`, body: task, acts }
    person.writeOwn(task.id, { boardId, title: task.title }, boardIndex, request)
  },
  rename: (scene: Scene) => rename(scene, `title ${scene.pick}`),
  'rename to what is refused': (scene: Scene) => rename(scene, ''),
  move(scene: Scene) {
    const found = anyCard(scene)
    if (!found) return
    const { task, boardIndex } = found
    const columnId = one(columnsOf(task.boardId), scene.pick + 1)!
    const neighbour = one(scene.person.boards[boardIndex]!.state!.tasks, scene.pick + 3)?.id ?? null
    const place = { columnId, ...(scene.pick % 3 ? { after: neighbour } : { before: neighbour }) }
    const acts = [{ name: 'moveTask' as const, args: { id: task.id, at: '', ...place } }]
    const body = { ...place, from: task.boardId }
    scene.person.write(boardIndex, { method: 'PUT', path: `/api/tasks/${task.id}/position`, body, acts })
  },
  'move to the other board'(scene: Scene) {
    const card = ownCard(scene)
    const task = card && scene.person.boards[card.boardIndex]!.state?.tasks.find(({ id }) => id === card.id)
    if (!card || !task) return
    const boardId = BOARD_IDS[1 - card.boardIndex]!
    const columnId = columnsOf(boardId)[0]!
    const acts = [{ name: 'moveTask' as const, args: { id: card.id, at: '', boardId, columnId, task } }]
    const alsoStreams = [boardStream(boardId)]
    const request = {
      method: 'PUT' as const,
      path: `/api/tasks/${card.id}/position`,
      body: { columnId },
      acts,
      alsoStreams,
    }
    scene.person.writeOwn(card.id, { boardId, title: card.title }, card.boardIndex, request)
  },
  delete(scene: Scene) {
    const card = ownCard(scene)
    if (!card) return
    const acts = [{ name: 'deleteTask' as const, args: { id: card.id } }]
    const request = { method: 'DELETE' as const, path: `/api/tasks/${card.id}`, acts }
    scene.person.writeOwn(card.id, { boardId: card.boardId, title: null }, card.boardIndex, request)
  },
  assign(scene: Scene) {
    const found = anyCard(scene)
    if (!found) return
    const { task, boardIndex } = found
    const { userId } = scene.person.session
    const on = !task.assigneeIds.includes(userId)
    const acts = [{ name: 'setAssignee' as const, args: { id: task.id, userId, on } }]
    const path = `/api/tasks/${task.id}/assignees/${userId}`
    scene.person.write(boardIndex, { method: on ? 'PUT' : 'DELETE', path, acts })
  },
  wait() {},
  'a call goes wrong': ({ person, pick }: Scene) => void person.weather.calls.push(one(CALL_FATES, pick)!),
  'facts go wrong': ({ person, pick }: Scene) => void person.weather.facts.push(one(FACTS_FATES, pick)!),
  'offline or back'({ person, world }: Scene) {
    person.weather.isOffline = !person.weather.isOffline
    if (!person.weather.isOffline) return person.sync.wake()
    world.node.cut(person.session)
  },
  'sockets blocked or free'({ person, world }: Scene) {
    person.weather.isSocketBlocked = !person.weather.isSocketBlocked
    if (person.weather.isSocketBlocked) world.node.cut(person.session)
  },
  'the socket is cut': ({ person, world }: Scene) => world.node.cut(person.session),
  'the node moves': ({ world }: Scene) => world.node.tellToMove(),
  'the node is deaf or hears': ({ world }: Scene) => void (world.node.isDeaf = !world.node.isDeaf),
  reload: ({ person }: Scene) => person.load(),
  wake: ({ person }: Scene) => person.sync.wake(),
  'the session ends': ({ person }: Scene) => void (person.session.isOver = true),
  'signs in'({ person }: Scene) {
    person.session.isOver = false
    person.sync.wake()
  },
  'old facts are trimmed': ({ world }: Scene) => world.server.trim(),
  'back up': ({ world }: Scene) => world.server.backUp(),
  restore({ world, people }: Scene) {
    if (!world.server.restore()) return
    // `heads` name no epoch: a service that learns of another one closes its sockets.
    for (const person of people) world.node.cut(person.session)
    for (const person of people) person.trustsOwnWrites = false
  },
  'loses a board'({ person, world, people, pick }: Scene) {
    if (person === people.at(-1)) world.server.revoke(person.session.userId, one(BOARD_IDS, pick)!)
  },
}

export async function happen({ kind, who, pick, waitMs }: Happening, world: ModelWorld, people: Person[]) {
  const person = people[who % people.length]!
  happenings[kind]({ world, person, people, pick })
  await world.clock.pass(waitMs)
}
