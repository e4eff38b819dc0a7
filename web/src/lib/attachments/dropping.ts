import type { Attachment } from 'svelte/attachments'

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Takes files that are dragged onto an element; says while they hover over it. */
export function takeFiles(
  ontake: (files: File[]) => void,
  onhover: (isOver: boolean) => void,
): Attachment<HTMLElement> {
  return (zone) => {
    let depth = 0
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      if (++depth === 1) onhover(true)
    }
    const leave = (event: DragEvent) => {
      if (hasFiles(event) && --depth === 0) onhover(false)
    }
    const over = (event: DragEvent) => hasFiles(event) && event.preventDefault()
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      depth = 0
      onhover(false)
      if (event.defaultPrevented) return
      event.preventDefault()
      ontake([...(event.dataTransfer?.files ?? [])])
    }
    const ways = [
      ['dragenter', enter],
      ['dragleave', leave],
      ['dragover', over],
      ['drop', drop],
    ] as const
    for (const [name, listen] of ways) zone.addEventListener(name, listen as EventListener)
    return () => {
      for (const [name, listen] of ways) zone.removeEventListener(name, listen as EventListener)
    }
  }
}
