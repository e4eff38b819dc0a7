import { createContext } from 'svelte'
import type { Live } from './live.svelte.ts'

const [live, provideLive] = createContext<Live>()
export { live, provideLive }
