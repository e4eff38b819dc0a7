import { randomBytes } from 'node:crypto'
import type { BoardSnapshot } from '@taskflow/shared/dto/board.ts'
import { newId } from '@taskflow/shared/ids.ts'
import pg from 'pg'
import { orExit, readConfig } from './config.ts'
import { type DemoPerson, signUp } from './demo/caller.ts'
import { BOARDS, type DemoBoard, type DemoTask, LABELS, type Who } from './demo/content.ts'

const config = await orExit(() => readConfig())
const url = `http://127.0.0.1:${config.port}`

if (await hasPeople()) {
  process.stdout.write('The demo workspace is only made in an empty database; nothing was changed.\n')
} else {
  const password = randomBytes(9).toString('base64url')
  const people = {
    ada: await signUp(url, config.publicUrl, 'Ada Berg', 'ada@demo.example', password),
    ben: await signUp(url, config.publicUrl, 'Ben Costa', 'ben@demo.example', password),
    cleo: await signUp(url, config.publicUrl, 'Cleo Dahl', 'cleo@demo.example', password),
  }
  await fill(people)
  await confirmAddresses()
  process.stdout.write(
    `\nA demo workspace with three boards is ready. Sign in at ${config.publicUrl} as\n` +
      `  ${people.ada.email}, ${people.ben.email} or ${people.cleo.email}, password ${password}\n\n`,
  )
}

type People = Record<Who, DemoPerson>

async function hasPeople(): Promise<boolean> {
  return (await query('select from auth_user limit 1')) !== 0
}

/** No mail reaches these addresses, so nobody could. */
async function confirmAddresses(): Promise<void> {
  await query("update auth_user set email_verified = true where email like '%@demo.example'")
}

async function query(text: string): Promise<number | null> {
  const client = new pg.Client(config.databaseUrl)
  await client.connect()
  const { rowCount } = await client.query(text)
  await client.end()
  return rowCount
}

async function fill(people: People): Promise<void> {
  const { ada, ben, cleo } = people
  const workspace = await ada.call<{ id: string }>('POST', '/api/workspaces', { name: 'Studio Berg' })
  for (const member of [ben, cleo]) {
    const invitation = { email: member.email, role: 'member' }
    const path = `/api/workspaces/${workspace.id}/invitations`
    const { token } = await ada.call<{ token: string }>('POST', path, invitation)
    await member.call('POST', `/api/invitations/${token}/accept`)
  }
  const first = await ada.call<{ items: { id: string }[] }>('GET', `/api/workspaces/${workspace.id}/boards`)
  const labels = new Map<string, string>()
  for (const [name, color] of LABELS) {
    const { id } = await ada.call<{ id: string }>('POST', `/api/workspaces/${workspace.id}/labels`, { name, color })
    labels.set(name, id)
  }
  for (const board of BOARDS) await addBoard(people, workspace.id, board, labels)
  for (const { id } of first.items) await ada.call('DELETE', `/api/boards/${id}`)
  for (const person of [ada, ben, cleo]) await person.call('POST', '/api/auth/sign-out', {})
}

async function addBoard(
  people: People,
  workspaceId: string,
  board: DemoBoard,
  labels: Map<string, string>,
): Promise<void> {
  const { columns, ...rest } = board
  const { id } = await people.ada.call<{ id: string }>('POST', `/api/workspaces/${workspaceId}/boards`, {
    ...rest,
    columns: columns.map(({ name, color, done }) => ({ name, color, done })),
  })
  const { columns: made } = await people.ada.call<BoardSnapshot>('GET', `/api/boards/${id}`)
  for (const [i, column] of columns.entries()) {
    const columnId = made[i]!.id
    if (column.wipLimit) await people.ada.call('PATCH', `/api/columns/${columnId}`, { wipLimit: column.wipLimit })
    for (const task of column.tasks) await addTask(people, id, columnId, task, labels)
  }
}

async function addTask(
  people: People,
  boardId: string,
  columnId: string,
  task: DemoTask,
  labels: Map<string, string>,
): Promise<void> {
  const { id } = await people.ada.call<{ id: string }>('POST', `/api/boards/${boardId}/tasks`, {
    columnId,
    title: task.title,
    description: task.description,
    priority: task.priority,
    labelIds: task.labels?.map((name) => labels.get(name)!),
    assigneeIds: task.who?.map((who) => people[who].id),
    due: task.due === undefined ? undefined : { date: inDays(task.due), time: task.time, zone: task.time && zone() },
    checklistItems: task.checklist?.map(([text, done]) => ({ id: newId(), text, done, kind: 'step' })),
  })
  for (const [who, body] of task.comments ?? []) await people[who].call('POST', `/api/tasks/${id}/comments`, { body })
  for (const title of task.subtasks ?? [])
    await people.ada.call('POST', `/api/boards/${boardId}/tasks`, { columnId, title, parentId: id })
  if (task.gone === 'archived') await people.ada.call('PUT', `/api/tasks/${id}/archived`)
  if (task.gone === 'trashed') await people.ada.call('DELETE', `/api/tasks/${id}`)
}

function zone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

function inDays(days: number): string {
  return Temporal.Now.plainDateISO().add({ days }).toString()
}
