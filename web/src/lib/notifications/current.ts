import { createContext } from 'svelte'
import type { Heard } from './heard.ts'

const [heard, provideHeard] = createContext<Heard>()
export { heard, provideHeard }
