import { createContext } from 'svelte'
import type { Now } from './now.svelte.ts'

const [now, provideNow] = createContext<Now>()
export { now, provideNow }
