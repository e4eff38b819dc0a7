const HIDDEN_MS = 100

/** Runs once before the next paint, however often it is asked for; a hidden tab paints nothing and waits a moment. */
export function oncePerFrame(run: () => void) {
  let callOff: (() => void) | null = null
  const now = () => {
    callOff = null
    run()
  }
  return {
    ask() {
      if (callOff) return
      if (document.hidden) {
        const timer = setTimeout(now, HIDDEN_MS)
        callOff = () => clearTimeout(timer)
      } else {
        const frame = requestAnimationFrame(now)
        // A tab that is hidden in between gets no frame.
        const timer = setTimeout(() => {
          cancelAnimationFrame(frame)
          now()
        }, 10 * HIDDEN_MS)
        callOff = () => {
          cancelAnimationFrame(frame)
          clearTimeout(timer)
        }
      }
    },
    now() {
      callOff?.()
      now()
    },
    stop() {
      callOff?.()
      callOff = null
    },
  }
}
