import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BoardSnapshot } from '@taskflow/shared/dto/board.ts'
import type { Page as PageOf } from '@taskflow/shared/dto/page.ts'
import type { Me } from '@taskflow/shared/dto/workspace.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { untilLive } from '../e2e/harness/boards.ts'
import type { Launched } from '../e2e/launched.ts'

type Name = 'ada' | 'ben' | 'cleo' | 'nora'
interface Board {
  id: string
  name: string
}

export type Scene = Awaited<ReturnType<typeof arrangeScene>>

/** The demo and what it lacks: people at work, a webhook with a log, an open invitation, somebody who is new. */
export async function arrangeScene(browser: Browser, { url, output }: Launched) {
  const password = /password (\S+)/.exec(output())![1]!
  const receiver = await openReceiver()
  const people = await signInAll(browser, url, password)
  const { ada, nora } = people
  const me = await call<Me>(ada, 'GET', '/api/me')
  const workspaceId = me.workspaces[0]!.id
  const boards = await boardsOf(ada, workspaceId)
  const tasks = (
    await Promise.all(boards.map(({ id }) => call<BoardSnapshot>(ada, 'GET', `/api/boards/${id}`)))
  ).flatMap((snapshot) => snapshot.tasks)
  const taskId = (title: string) => tasks.find((task) => task.title.startsWith(title))!.id
  const boardId = boards.find(({ name }) => name === 'Website')!.id
  const fresh = await call<{ id: string }>(nora, 'POST', '/api/workspaces', { name: 'Bright ideas' })

  const webhookId = await addWebhooks(ada, workspaceId, receiver.url)
  const invitation = await call<{ token: string }>(ada, 'POST', `/api/workspaces/${workspaceId}/invitations`, {
    email: 'dana@demo.example',
    role: 'member',
  })
  await work(people, taskId, me.user.id)
  const screens = await Promise.all([editOn(people.ben, boardId, taskId('Start page')), lookAt(people.cleo, boardId)])

  return {
    url,
    boardId,
    workspaceId,
    freshBoardId: (await boardsOf(nora, fresh.id))[0]!.id,
    webhookId,
    invitation: invitation.token,
    taskId,
    sessions: {
      ada: await ada.storageState(),
      nora: await nora.storageState(),
    },
    /** Ben gives Ada something to do, whatever she looks at. */
    async assign(title: string) {
      const path = `/api/tasks/${taskId(title)}/assignees/${me.user.id}`
      await call(people.ben, 'DELETE', path)
      await call(people.ben, 'PUT', path)
    },
    async close() {
      await Promise.all(screens.map((page) => page.close()))
      await receiver.close()
    },
  }
}

async function signInAll(browser: Browser, url: string, password: string): Promise<Record<Name, BrowserContext>> {
  const open = () => browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
  const enter = async (way: 'in' | 'up', email: string, name?: string) => {
    const context = await open()
    await call(context, 'POST', `/api/auth/sign-${way}/email`, { email, password, name })
    return context
  }
  return {
    ada: await enter('in', 'ada@demo.example'),
    ben: await enter('in', 'ben@demo.example'),
    cleo: await enter('in', 'cleo@demo.example'),
    nora: await enter('up', 'nora@demo.example', 'Nora Lind'),
  }
}

async function boardsOf(person: BrowserContext, workspaceId: string): Promise<Board[]> {
  return (await call<PageOf<Board>>(person, 'GET', `/api/workspaces/${workspaceId}/boards`)).items
}

async function addWebhooks(person: BrowserContext, workspaceId: string, url: string): Promise<string> {
  const path = `/api/workspaces/${workspaceId}/webhooks`
  const slack = await call<{ id: string }>(person, 'POST', path, {
    kind: 'slack',
    url: 'https://hooks.slack.example/services/T0/B0/board',
    description: 'Channel #website',
    events: ['task.created', 'task.moved', 'comment.created'],
  })
  await call(person, 'PATCH', `/api/webhooks/${slack.id}`, { enabled: false })
  const own = { url, description: 'Screen in the hall', events: ['task.*', 'comment.created'] }
  return (await call<{ id: string }>(person, 'POST', path, own)).id
}

async function work(people: Record<Name, BrowserContext>, taskId: (title: string) => string, adaId: string) {
  const { ada, ben, cleo } = people
  const comment = (who: BrowserContext, title: string, body: string) =>
    call(who, 'POST', `/api/tasks/${taskId(title)}/comments`, { body })
  await comment(cleo, 'Keyboard focus', '@Ada Berg, can you try it with a screen reader?')
  await call(ben, 'PUT', `/api/tasks/${taskId('Error page')}/assignees/${adaId}`)
  await call(ada, 'PATCH', `/api/tasks/${taskId('Write the page about prices')}`, { priority: 'high' })
  await call(cleo, 'PUT', `/api/tasks/${taskId('Book the train')}/closed`)
  await comment(ada, 'Rent two', 'The second one is confirmed.')
  await call(ben, 'PATCH', `/api/tasks/${taskId('Print 300')}`, { title: 'Print 500 leaflets' })
  await comment(cleo, 'Training for six', 'They asked for a room with a big table.')
}

async function editOn(person: BrowserContext, boardId: string, taskId: string): Promise<Page> {
  const page = await person.newPage()
  await page.goto(`/boards/${boardId}/tasks/${taskId}`)
  await untilLive(page)
  await page.getByRole('button', { name: 'Add a description' }).click()
  await page.keyboard.type('The picture has no size yet')
  return page
}

async function lookAt(person: BrowserContext, boardId: string): Promise<Page> {
  const page = await person.newPage()
  await page.goto(`/boards/${boardId}`)
  await untilLive(page)
  return page
}

/** Takes what webhooks send, but for one that it cannot. */
async function openReceiver() {
  let heard = 0
  const answer = (response: ServerResponse) => {
    const isBusy = ++heard === 3
    response.writeHead(isBusy ? 503 : 200, { 'content-type': 'text/plain' }).end(isBusy ? 'Stocktaking' : 'ok')
  }
  const server = createServer((request, response) => request.resume().on('end', () => answer(response)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/taskflow`,
    close: () => new Promise((closed) => server.close(closed)),
  }
}

async function call<T>(person: BrowserContext, method: string, path: string, data?: unknown): Promise<T> {
  const answer = await person.request.fetch(path, { method, data })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return (answer.status() === 204 ? undefined : await answer.json()) as T
}
