import type { Live } from './live.svelte.ts'

const GATHER_MS = 400

/**
 * For lists that go over many boards, none of which is open: what tells that one's tasks may have changed is one's own
 * stream, and coming back to the tab or the network.
 */
export function whenTasksMayHaveChanged(engine: Live, refresh: () => unknown): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(refresh, GATHER_MS)
  }
  const seen = () => document.visibilityState === 'visible' && soon()
  const stopHearing = engine.user.onFacts((facts) => {
    if (facts.some(({ type }) => type === 'notification.created' || type.startsWith('access.'))) soon()
  })
  window.addEventListener('online', soon)
  document.addEventListener('visibilitychange', seen)
  return () => {
    clearTimeout(timer)
    stopHearing()
    window.removeEventListener('online', soon)
    document.removeEventListener('visibilitychange', seen)
  }
}
