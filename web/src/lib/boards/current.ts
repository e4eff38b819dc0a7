import { createContext } from 'svelte'
import type { LiveBoard } from './board.svelte.ts'

const [currentBoard, provideBoard] = createContext<LiveBoard>()
export { currentBoard, provideBoard }
