/** Two soft notes, made here: no file to load. Browsers stay silent until the page was touched once. */
export function playTone(): void {
  const context = new AudioContext()
  if (context.state === 'suspended') return void context.close()
  const at = context.currentTime
  for (const [i, frequency] of [659.25, 880].entries()) {
    const start = at + i * 0.11
    const gain = new GainNode(context, { gain: 0 })
    const note = new OscillatorNode(context, { frequency, type: 'sine' })
    gain.gain.setValueAtTime(0, start)
    gain.gain.linearRampToValueAtTime(0.09, start + 0.015)
    gain.gain.exponentialRampToValueAtTime(0.0005, start + 0.35)
    note.connect(gain).connect(context.destination)
    note.start(start)
    note.stop(start + 0.36)
  }
  setTimeout(() => void context.close(), 1000)
}
