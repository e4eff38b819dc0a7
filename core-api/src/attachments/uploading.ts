import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from 'hono'
import { demandOnBoard, refuseArchived } from '../boards/boards.access.ts'
import { read } from '../context.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from '../http/app-env.ts'
import type { Actor } from '../http/authenticate.ts'
import { change } from '../http/writing.ts'
import { getTaskFor } from '../tasks/tasks.access.ts'
import { attachFile } from './attaching.ts'
import { folderOf } from './file-store.ts'
import { FILE_LIMIT_BYTES, receiveFile, tooLarge } from './receiving.ts'
import { demandSpace } from './space.ts'
import { storeLooseFile } from './storing.ts'

/** What a form says beside its file. */
const FORM_BYTES = 64 * 1024

export const incomingFolder = (deps: Pick<Deps, 'config'>) => join(folderOf(deps.config), 'incoming')

interface Target {
  taskId: string
  /** The attachment's, if the client chose it. */
  id?: string
}

/** Receives, stores and attaches a file. No transaction is open while the file travels. */
export async function uploadFile(c: Context<AppEnv>, deps: Deps, { taskId, id }: Target): Promise<Response> {
  const actor = c.get('actor')
  const size = Number(c.req.header('content-length') ?? 0)
  if (size > FILE_LIMIT_BYTES + FORM_BYTES) throw tooLarge()
  const workspaceId = await demandUpload(deps, actor, taskId, size)
  const file = await receiveFile(c.req.raw, incomingFolder(deps))
  try {
    const fileId = await storeLooseFile(deps, actor, file, { workspaceId })
    c.set('bodyText', `${file.name}\n${file.sha256}`)
    return await change(c, deps, (ctx) => attachFile(ctx, taskId, { ...file, id, fileId }), { status: 201 })
  } finally {
    await rm(file.path, { force: true })
  }
}

/** Whoever may not attach anything need not send it first. */
const demandUpload = (deps: Deps, actor: Actor, taskId: string, size: number): Promise<string> =>
  read(deps, actor, async (ctx) => {
    const task = await getTaskFor(ctx, taskId)
    demandOnBoard(ctx, task, 'task:write')
    refuseArchived(task.boardArchivedAt)
    await demandSpace(ctx, task.workspaceId, size)
    return task.workspaceId
  })
