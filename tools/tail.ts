// Follows a board in the terminal: the smallest client of the engine that the web application uses.
import { openBoard } from '@taskflow/shared/board/open-board.ts'
import { memoryStorage } from '@taskflow/shared/sync/memory-storage.ts'
import { systemClock } from '@taskflow/shared/sync/system-clock.ts'
import { io } from 'socket.io-client'
import { sentence, statusLine } from './tail/sentence.ts'
import { openSession } from './tail/session.ts'

const BOARD_URL = /\/boards\/([0-9a-f-]{36})/

const url = URL.parse(process.argv[2] ?? '')
const boardId = url && BOARD_URL.exec(url.pathname)?.[1]
if (!url || !boardId) fail('Usage: npm run tail -- https://taskflow.example/boards/<id>')

const { TASKFLOW_TOKEN: token, TASKFLOW_EMAIL: email, TASKFLOW_PASSWORD: password } = process.env
const api = await openSession(url.origin, { token, email, password }).catch((error: Error) => fail(error.message))

const { sync, board } = openBoard({
  boardId,
  fetch: api,
  io: (options) => io(url.origin, options),
  storage: memoryStorage(),
  clock: systemClock,
  onSignedOut: () => fail('The session has ended.'),
})

let shown = board.state
let status = ''
board.subscribe((facts) => {
  const { state } = board
  if (!shown && state)
    console.log(`${state.board.name}: ${state.tasks.length} tasks in ${state.columns.length} columns`)
  if (state) for (const fact of facts) console.log(sentence(fact, shown, state))
  shown = state
  const line = statusLine(board.status)
  if (line !== status) console.log((status = line))
  if (board.status.is === 'gone') fail('')
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    sync.close()
    process.exit(0)
  })
}

function fail(sentence: string): never {
  if (sentence) console.error(sentence)
  process.exit(1)
}
