import { createContext } from 'svelte'
import type { task } from './en/task.ts'

/** Words that travel with an open task. */
export type TaskWords = typeof task

const [taskWords, provideTaskWords] = createContext<TaskWords>()
export { provideTaskWords, taskWords }
