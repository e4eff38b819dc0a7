import { boardStream } from '@taskflow/shared/names.ts'
import { getBoardFor } from '../boards/boards.access.ts'
import { read, write, type WriteCtx, type WriteOptions, type Written } from '../context.ts'
import type { Deps } from '../deps.ts'
import { NotFound } from '../errors.ts'
import { recall } from '../http/idempotency.ts'
import { toProblem } from '../http/problems.ts'
import { closeTask, reopenTask } from './closing.ts'
import { editTask } from './editing.ts'
import { moveTask } from './moving.ts'
import { archiveTask, eraseTrashedTask, restoreTask, trashTask } from './removing.ts'
import type { BulkAct, BulkResult } from './bulk.schemas.ts'
import { getTaskFor, lockTaskFor } from './tasks.access.ts'

interface Bulk {
  boardId: string
  ids: string[]
  act: BulkAct
}

/**
 * The same act on many tasks, each in a transaction of its own: what cannot be done to one does not hold up the others.
 * A repeat of a request that broke off goes on from there, for each task remembers its own answer.
 */
export async function changeTasks(deps: Deps, options: WriteOptions, bulk: Bulk): Promise<Written> {
  const { actor, request } = options
  const known = await read(deps, actor, async (ctx) => {
    const answer = request && (await recall(ctx, request))
    if (!answer) await getBoardFor(ctx, bulk.boardId, 'task:write')
    return answer
  })
  if (known) return known
  const { results, positions } = await changeEach(deps, options, bulk)
  return write(deps, options, async (ctx) => {
    for (const stream of positions) ctx.unchanged.add(stream)
    return { status: 200, body: results }
  })
}

async function changeEach(deps: Deps, options: WriteOptions, { boardId, ids, act }: Bulk) {
  const results: BulkResult[] = []
  const positions = new Set<string>([boardStream(boardId)])
  let previous: string | undefined
  for (const id of ids) {
    try {
      const next = follow(act, previous)
      const { position } = await write(deps, forTask(options, id), (ctx) => changeOne(ctx, boardId, id, next))
      for (const [stream] of position.matchAll(STREAM)) positions.add(stream)
      results.push({ id, ok: true })
      previous = id
    } catch (error) {
      results.push({ id, ok: false, problem: sayProblem(error) })
    }
  }
  return { results, positions }
}

const STREAM = /[^ ,=]+(?==)/g

const forTask = ({ request, ...options }: WriteOptions, id: string): WriteOptions => ({
  ...options,
  request: request && { ...request, key: `${request.key}:${id}` },
})

async function changeOne(ctx: WriteCtx, boardId: string, id: string, act: BulkAct) {
  const task = await getTaskFor(ctx, id)
  if (task.boardId !== boardId) throw new NotFound('tasks.not_found', 'There is no such task on this board.')
  await apply(ctx, id, act)
  return { status: 204 }
}

function apply(ctx: WriteCtx, id: string, act: BulkAct): Promise<unknown> {
  switch (act.type) {
    case 'edit': {
      const { type: _, ...edit } = act
      return editTask(ctx, id, edit)
    }
    case 'move': {
      const { type: _, ...wish } = act
      return moveTask(ctx, { id, ...wish })
    }
    case 'label':
      return changeList(ctx, id, 'labelIds', act)
    case 'assign':
      return changeList(ctx, id, 'assigneeIds', act)
    case 'close':
      return closeTask(ctx, id)
    case 'reopen':
      return reopenTask(ctx, id)
    case 'archive':
      return archiveTask(ctx, id)
    case 'restore':
      return restoreTask(ctx, id)
    case 'delete':
      return trashTask(ctx, id)
    case 'erase':
      return eraseTrashedTask(ctx, id)
  }
}

async function changeList(
  ctx: WriteCtx,
  id: string,
  field: 'labelIds' | 'assigneeIds',
  { add = [], remove = [] }: { add?: string[]; remove?: string[] },
) {
  const task = await lockTaskFor(ctx, id, 'task:write')
  const wanted = new Set([...task[field], ...add]).difference(new Set(remove))
  return editTask(ctx, id, { [field]: [...wanted] })
}

/** Below one another in the order in which they were named: each after the one that has just found its place. */
const follow = (act: BulkAct, previous: string | undefined): BulkAct =>
  act.type === 'move' && act.after !== undefined && previous !== undefined ? { ...act, after: previous } : act

function sayProblem(error: unknown): BulkResult['problem'] {
  const { status, code, message, extras } = toProblem(error)
  if (status >= 500 || code.startsWith('idempotency.')) throw error
  return { status, code, detail: message, errors: extras.errors }
}
